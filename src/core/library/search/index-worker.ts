import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { toErrorShape } from '../../../shared/errors'
import { asWriteError } from '../../files'
import { createIndex } from './create-index'
import { batchSize, putFolders } from './fill-index'
import type { FillMessage, IndexWork, SearchAnswer, SearchQuestion } from './index-threads'
import type { LibraryIndex } from './library-index'
import type { Unread } from './search-index'
import { searchLibrary } from './search-library'
import { copyIndex } from './staged-database'
import { openForSearching, prepareForWriting } from './tables'

// The script of the index threads. Each thread opens its own connection to the index and does one kind of work: it
// fills an index and ends, copies an index and ends, or answers searches until it is terminated.
const work = workerData as IndexWork
const { path } = work

if (work.kind === 'fill') fill(work.root, work.folders)
else if (work.kind === 'publish') publish(work.target)
else answerSearches(work.root)

function post(message: FillMessage): void {
  parentPort?.postMessage(message)
}

function publish(target: string): void {
  copyIndex(path, target).then(
    () => post({ kind: 'done', unread: [] }),
    (thrown: unknown) => post({ kind: 'failed', error: toErrorShape(asWriteError(thrown, 'index', path)) }),
  )
}

function fill(root: string, folders: readonly string[]): void {
  const index = createIndex(prepareForWriting(new DatabaseSync(path)))
  const unread: Unread[] = []
  try {
    for (let at = 0; at < folders.length; at += batchSize) {
      post({ kind: 'progress', done: at, current: folders[at] ?? '' })
      unread.push(...putFolders(index, root, folders.slice(at, at + batchSize)))
    }
    index.close()
    post({ kind: 'done', unread })
  } catch (thrown) {
    post({ kind: 'failed', error: toErrorShape(asWriteError(thrown, 'index', path)) })
  }
}

function answerSearches(root: string): void {
  const index = createIndex(openForSearching(path))
  const search: Pick<LibraryIndex, 'search'> = {
    search: (query, filter, page) => Promise.resolve(index.search(query, filter, page)),
  }
  const answer = async ({ number, input }: SearchQuestion): Promise<SearchAnswer> => {
    try {
      return { number, result: await searchLibrary(root, search, input) }
    } catch (thrown) {
      return { number, error: toErrorShape(thrown).message }
    }
  }
  parentPort?.on('message', (question: SearchQuestion) => {
    void answer(question).then((result) => parentPort?.postMessage(result))
  })
}
