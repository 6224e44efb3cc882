import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorShape } from '../../../shared/errors'
import { batchSize, putFolders, type Unread } from './fill'
import { createIndex } from './search-index'
import { preparedForWriting } from './tables'
import type { FillAnswer, IndexWork, SearchAnswer, SearchQuestion } from './threads'

// The entry of the index's threads, each with a connection of its own: one fills and ends, one answers searches.
const work = workerData as IndexWork
const { path } = work

if (work.kind === 'fill') fill(work.root, work.folders)
else answerSearches()

function fill(root: string, folders: readonly string[]): void {
  const say = (answer: FillAnswer): void => parentPort?.postMessage(answer)
  const index = createIndex(preparedForWriting(new DatabaseSync(path)))
  const unread: Unread[] = []
  try {
    for (let at = 0; at < folders.length; at += batchSize) {
      say({ kind: 'progress', done: at, current: folders[at] ?? '' })
      unread.push(...putFolders(index, root, folders.slice(at, at + batchSize)))
    }
    index.close()
    say({ kind: 'done', unread })
  } catch (thrown) {
    say({ kind: 'failed', error: toErrorShape(thrown).message })
  }
}

function answerSearches(): void {
  const index = createIndex(new DatabaseSync(path, { readOnly: true }))
  parentPort?.on('message', ({ number, query, filter, page }: SearchQuestion) => {
    const say = (answer: SearchAnswer): void => parentPort?.postMessage(answer)
    try {
      say({ number, hits: index.search(query, filter, page) })
    } catch (thrown) {
      say({ number, error: toErrorShape(thrown).message })
    }
  })
}
