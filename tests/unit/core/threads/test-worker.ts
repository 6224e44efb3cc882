import { threadId } from 'node:worker_threads'
import { answerTasks } from '../../../../src/core/threads/answer-tasks'
import { taskEntry } from '../../../../src/core/threads/task-table'
import { AppError } from '../../../../src/shared/errors'
import * as tasks from './test-tasks'

const kept: Uint8Array[] = []

function recurse(depth: number): number {
  return recurse(depth + 1) + 1
}

function fillMemory(): never {
  const filled: object[] = []
  for (;;) filled.push(Array.from({ length: 1000 }, (_, at) => ({ at })))
}

function spin(): never {
  for (;;) Math.sqrt(2)
}

// The script of the threads that the tests of the pool start.
answerTasks(
  new Map([
    taskEntry(tasks.echoTask, () => Promise.resolve(({ text }) => ({ text, thread: threadId }))),
    taskEntry(tasks.countBytesTask, () => Promise.resolve(({ bytes }) => bytes.buffer.byteLength)),
    taskEntry(tasks.spinTask, () => Promise.resolve(spin)),
    taskEntry(tasks.waitTask, () =>
      Promise.resolve(({ ms }) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)),
    ),
    taskEntry(tasks.holdTask, () =>
      Promise.resolve(({ shared }) => {
        Atomics.add(shared, 1, 1)
        return Atomics.wait(shared, 0, 0)
      }),
    ),
    taskEntry(tasks.fillMemoryTask, () => Promise.resolve(fillMemory)),
    taskEntry(tasks.keepMemoryTask, () =>
      Promise.resolve(({ bytes }) => {
        kept.push(new Uint8Array(bytes))
        return threadId
      }),
    ),
    taskEntry(tasks.recurseTask, () => Promise.resolve(() => void recurse(0))),
    taskEntry(tasks.refuseTask, () =>
      Promise.resolve(() => {
        throw new AppError('not-opml', 'test: refused', { name: 'x' })
      }),
    ),
    taskEntry(tasks.exitTask, () => Promise.resolve(() => process.exit(0))),
  ]),
)
