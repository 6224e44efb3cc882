import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createSpool } from '../../../../../src/core/follow/refresh/spool'
import type { FetchAddress } from '../../../../../src/core/fetch/fetch-result'
import { fetchTyped, startServer, testFetcher } from '../../../support/network'
import { temporaryFolder } from '../../../support/library'

async function spooling(): Promise<{ folder: string; url: string; asked: string[]; fetchAddress: FetchAddress }> {
  const asked: string[] = []
  const { origin } = await startServer((request, response) => {
    asked.push(request.url ?? '')
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip', etag: '"1"' })
      .end(gzipSync('<p>Bản tin</p>'))
  })
  return { folder: join(await temporaryFolder(), 'spool'), url: `${origin}/tin`, asked, fetchAddress: testFetcher() }
}

it('what was received comes from the disk the next time, byte for byte', async () => {
  const { folder, url, asked, fetchAddress } = await spooling()
  const first = await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)
  const second = await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)
  expect(asked).toHaveLength(1)
  expect(second).toEqual(first)
})

it('what was dropped, or is not whole, is asked for again', async () => {
  const { folder, url, asked, fetchAddress } = await spooling()
  const spool = createSpool(folder, fetchAddress)
  const first = await fetchTyped(spool.fetchAddress, url)
  const [name = ''] = await readdir(folder)
  const whole = await readFile(join(folder, name))
  await writeFile(join(folder, name), whole.subarray(0, whole.length - 3))
  expect(await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)).toMatchObject({ status: 200 })
  expect(asked).toHaveLength(2)
  await spool.drop()
  expect(await readdir(folder)).toEqual([])
  expect(first).toMatchObject({ status: 200 })
  await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)
  expect(asked).toHaveLength(3)
})
