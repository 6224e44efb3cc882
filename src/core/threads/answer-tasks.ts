import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { toErrorShape } from '../../shared/errors'
import type { TaskAnswer, TaskRequest, ThreadUsage } from './task-messages'
import { doTask, type TaskTable } from './task-table'

/** Answers the requests that a pool sends to a thread. The script of a worker thread calls this function once. */
export function answerTasks(table: TaskTable): void {
  const port = parentPort
  if (port === null) throw new Error('tasks: not in a worker thread')
  const answer = async (request: TaskRequest): Promise<TaskAnswer> => {
    try {
      const output = await doTask(table, request)
      return { ok: true, output, usage: measureThread() }
    } catch (thrown) {
      return { ok: false, error: toErrorShape(thrown), usage: measureThread() }
    }
  }
  // Only the pool posts messages to this port, so their type is known.
  port.on('message', (request: TaskRequest) => {
    void answer(request).then((message) => port.postMessage(message))
  })
}

function measureThread(): ThreadUsage {
  const { total_heap_size: heap, external_memory: external } = getHeapStatistics()
  // The function is missing in the first releases of Node.js 24, although its type says that it exists.
  const usage = (process as Partial<Pick<NodeJS.Process, 'threadCpuUsage'>>).threadCpuUsage?.()
  return { cpuMs: usage === undefined ? null : (usage.user + usage.system) / 1000, memoryBytes: heap + external }
}
