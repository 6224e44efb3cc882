import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createSpool } from '../../../../../src/core/follow/refresh/spool'
import type { FetchAddress } from '../../../../../src/core/fetch/fetch-result'
import { fetchTyped, startServer, testFetcher } from '../../../support/network'
import { temporaryFolder } from '../../../support/library'

async function startSpooling(): Promise<{
  folder: string
  url: string
  requests: string[]
  fetchAddress: FetchAddress
}> {
  const requests: string[] = []
  const { origin } = await startServer((request, response) => {
    requests.push(request.url ?? '')
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip', etag: '"1"' })
      .end(gzipSync('<p>Bản tin</p>'))
  })
  return { folder: join(await temporaryFolder(), 'spool'), url: `${origin}/tin`, requests, fetchAddress: testFetcher() }
}

it('the spool returns a received response from the disk, byte for byte and without a second request', async () => {
  const { folder, url, requests, fetchAddress } = await startSpooling()
  const first = await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)
  const second = await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)
  expect(requests).toHaveLength(1)
  expect(second).toEqual(first)
})

it('the spool requests a response again after the stored response was dropped or damaged', async () => {
  const { folder, url, requests, fetchAddress } = await startSpooling()
  const spool = createSpool(folder, fetchAddress)
  const first = await fetchTyped(spool.fetchAddress, url)
  const [name = ''] = await readdir(folder)
  const whole = await readFile(join(folder, name))
  await writeFile(join(folder, name), whole.subarray(0, whole.length - 3))
  expect(await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)).toMatchObject({ status: 200 })
  expect(requests).toHaveLength(2)
  await spool.drop()
  expect(await readdir(folder)).toEqual([])
  expect(first).toMatchObject({ status: 200 })
  await fetchTyped(createSpool(folder, fetchAddress).fetchAddress, url)
  expect(requests).toHaveLength(3)
})
