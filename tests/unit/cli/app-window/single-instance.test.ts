import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { becomeInstance, type StartRequest } from '../../../../src/cli/app-window/single-instance'
import { temporaryFolder } from '../../support/library'

const nothing: StartRequest = { paths: [], backup: null }

describe('becomeInstance', () => {
  it('becomeInstance sends the request of a second instance to the running program, even before the program answers requests', async () => {
    const folder = await temporaryFolder()
    const first = await becomeInstance(folder, nothing)
    const request = { paths: ['/nhà/bản tin.html'], backup: '/nhà/kho.bantin' }
    expect(await becomeInstance(folder, request)).toBe(null)
    const received: StartRequest[] = []
    first?.answer((each) => received.push(each))
    expect(await becomeInstance(folder, nothing)).toBe(null)
    await expect.poll(() => received).toEqual([request, nothing])
    await first?.close()
  })

  it('becomeInstance makes this process the running program if the previous one has ended', async () => {
    const folder = await temporaryFolder()
    await (await becomeInstance(folder, nothing))?.close()
    const second = await becomeInstance(folder, nothing)
    expect(second).not.toBe(null)
    await second?.close()
  })

  it('becomeInstance makes exactly one of several simultaneous starts the running program', async () => {
    const folder = await temporaryFolder()
    const starts = await Promise.all(Array.from({ length: 5 }, () => becomeInstance(folder, nothing)))
    const running = starts.filter((each) => each !== null)
    expect(running).toHaveLength(1)
    for (const each of running) await each.close()
  })

  it('becomeInstance replaces the lock of a process that has no socket, because a pid can be reused', async () => {
    const folder = await temporaryFolder()
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'])
    onTestFinished(() => void stranger.kill())
    await once(stranger, 'spawn')
    const instance = await becomeInstance(folder, nothing)
    const path = join(folder, 'library.lock')
    const lock = JSON.parse(await readFile(path, 'utf8')) as object
    await instance?.close()
    await writeFile(path, JSON.stringify({ ...lock, pid: stranger.pid, processStarted: null }))
    const next = await becomeInstance(folder, nothing)
    expect(next).not.toBe(null)
    await next?.close()
  })
})
