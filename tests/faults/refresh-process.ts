// A process that refreshes a portal until it is killed or has finished. Its arguments are the folder of the library,
// the address of a portal of the family nukeviet, and the addresses of other sources.
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../../src/core/app'
import { politeLimits } from '../../src/core/fetch/politeness/polite-limits'
import type { Job } from '../../src/shared/contract/api'
import { quietPorts } from './quiet-ports'

const [, , library = '', url = '', ...beside] = process.argv
const write = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const app = await createApp(quietPorts('refresher', { library, config: join(library, '..', 'config') }), {
  access: 'write',
  offerSample: false,
  workers: null,
  polite: { ...politeLimits, delayMs: 0 },
})
const call = async <T>(method: string, input: unknown): Promise<T> => {
  const answer = await app.call(method, input)
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`)
  // The cast is safe, because the dispatch returns the output of the called method.
  return answer.value as T
}
const channels = ['tin-trong-tinh', 'thong-bao', 'chi-dao-dieu-hanh'].map((slug) => ({
  url: new URL(`/${slug}/`, url).href,
  kind: 'listing' as const,
}))
await call('addSource', { url, kind: 'portal', channels })
for (const other of beside)
  await call('addSource', { url: other, kind: 'listing', channels: [{ url: other, kind: 'listing' }] })
const { jobId } = await call<{ jobId: string }>('startRefresh', { sources: null })
write({ begun: true })
for (;;) {
  const job = await call<Job>('getJob', { jobId })
  if (job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 20))
    continue
  }
  write({ ended: job.state, result: job.result, error: job.error, peakBytes: process.resourceUsage().maxRSS * 1024 })
  break
}
await app.close()
