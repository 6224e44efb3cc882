import type { Job } from '../../../shared/contract/api'
import { callHost, getErrorShape } from '../bridge'

/**
 * How a job stands, asked anew where its events may have been missed. One that the host does not know has failed: it was
 * begun before the host was started again. Null where the host can't be asked now.
 */
export async function fetchJob({ id, kind }: Pick<Job, 'id' | 'kind'>): Promise<Job | null> {
  try {
    return await callHost('getJob', { jobId: id })
  } catch (thrown) {
    const error = getErrorShape(thrown)
    if (error.code !== 'unknown-job') return null
    return { id, kind, state: 'failed', done: 0, total: 0, current: null, error, result: null }
  }
}
