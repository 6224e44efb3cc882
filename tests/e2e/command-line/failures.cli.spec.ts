import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { cli, sampleFile } from '../support/paths'
import { jsonOf, cliEnvironment } from '../support/run-cli'
import { startServer } from '../support/hosts/server-process'
import { expect, test } from '../support/cli-test'

test('a variable or an option without a value never makes the current folder the library', ({ bantin }) => {
  const run = spawnSync(process.execPath, [cli, 'import', sampleFile], {
    cwd: bantin.folder,
    env: { ...cliEnvironment(bantin.folder), BANTIN_LIBRARY: '' },
  })
  expect(run.status).toBe(0)
  expect(readdirSync(bantin.folder)).toEqual(['config'])
  const empty = spawnSync(process.execPath, [cli, 'import', sampleFile, '--library', ''], { cwd: bantin.folder })
  expect(empty.status).toBe(2)
  expect(readdirSync(bantin.folder)).toEqual(['config'])
})

test('a command finishes its work even if no program reads its output', async ({ bantin }) => {
  const run = spawn(process.execPath, [
    cli,
    'import',
    sampleFile,
    sampleFile,
    '--library',
    join(bantin.folder, 'library'),
  ])
  run.stdout.destroy()
  run.stderr.destroy()
  expect(await once(run, 'exit')).toEqual([0, null])
  expect(bantin.json('list')).toMatchObject({ total: 1 })
})

test('a command whose output goes to a full disk prints one sentence without a stack trace', ({ bantin }) => {
  test.skip(!existsSync('/dev/full'), 'this system has no /dev/full')
  bantin.importSample()
  for (const words of [['list'], ['show', '0000000000000000', '--json'], ['--help']]) {
    const full = openSync('/dev/full', 'w')
    const run = spawnSync(process.execPath, [cli, ...words, '--library', join(bantin.folder, 'library')], {
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    expect(run.status, words.join(' ')).toBe(words[0] === 'show' ? 4 : 1)
    expect(run.stderr, words.join(' ')).toMatch(/^bantin: .*\n$/)
  }
})

test('a command reports a folder without write permission and stores nothing', ({ bantin }) => {
  test.skip(process.getuid?.() === 0, 'root can write every folder')
  mkdirSync(join(bantin.folder, 'library'))
  chmodSync(join(bantin.folder, 'library'), 0o500)
  const run = bantin.run('import', sampleFile)
  chmodSync(join(bantin.folder, 'library'), 0o700)
  expect(run.exit).toBe(1)
  expect(run.err).toContain('bantin: ')
})

test('`bantin doctor` works on a library of a newer version, although all other commands refuse the library', ({
  bantin,
}) => {
  bantin.importSample()
  const about = join(bantin.folder, 'library', 'library.json')
  writeFileSync(about, readFileSync(about, 'utf8').replace('bantin-library/1.', 'bantin-library/2.'))
  expect(bantin.run('list').exit).toBe(1)
  const run = bantin.run('doctor', '--json')
  expect(run.exit).toBe(1)
  expect(jsonOf(run)).toMatchObject({
    node: expect.any(String),
    library: { path: join(bantin.folder, 'library'), bulletins: null, problem: { code: 'library-newer' } },
  })
  expect(bantin.run('doctor').out).toContain('bantin-library/2.')
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`bantin serve releases the library and leaves no lock when the signal ${signal} ends the process`, async ({
    bantin,
  }) => {
    test.skip(process.platform === 'win32', 'Windows ends a process at once when another one sends it a signal')
    const library = join(bantin.folder, 'library')
    const { process: host } = await startServer({ cli, library, config: join(bantin.folder, 'config') })
    const lock = join(library, 'library.lock')
    // Control: the running host holds the lock of the library.
    expect(existsSync(lock)).toBe(true)
    const ended = once(host, 'exit')
    host.kill(signal)
    // The output is closed too, because a closed terminal closes its output.
    host.stdout?.destroy()
    expect(await ended).toEqual([0, null])
    expect(existsSync(lock)).toBe(false)
  })
