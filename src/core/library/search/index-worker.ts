import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorShape } from '../../../shared/errors'
import { batchSize, putFolders, type Unread } from './fill-index'
import { searchLibrary } from './search-library'
import type { LibraryIndex } from './library-index'
import { createIndex } from './search-index'
import { preparedForWriting } from './tables'
import type { FillAnswer, IndexWork, SearchAnswer, SearchQuestion } from './index-threads'

// The entry of the index's threads, each with a connection of its own: one fills and ends, one answers searches.
const work = workerData as IndexWork
const { path } = work

if (work.kind === 'fill') fill(work.root, work.folders)
else answerSearches(work.root)

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

function answerSearches(root: string): void {
  const index = createIndex(new DatabaseSync(path, { readOnly: true }))
  const search: Pick<LibraryIndex, 'search'> = {
    search: (query, filter, page) => Promise.resolve(index.search(query, filter, page)),
  }
  const answer = async ({ number, asked }: SearchQuestion): Promise<SearchAnswer> => {
    try {
      return { number, result: await searchLibrary(root, search, asked) }
    } catch (thrown) {
      return { number, error: toErrorShape(thrown).message }
    }
  }
  parentPort?.on('message', (question: SearchQuestion) => {
    void answer(question).then((said) => parentPort?.postMessage(said))
  })
}
