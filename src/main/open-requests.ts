import { app } from 'electron'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { isImportableName } from '../shared/saved-pages'
import { iconArguments } from './desktop/icon-menu'

/** A request to bring the program to the front and to open files in it. `files` is empty if the request has no file. */
export interface OpenRequest {
  paths: string[]
  /** The backups (.bantin), which the program restores only after the user has agreed. */
  backups: string[]
  /** Whether the user asked for a new window, or for new bulletins of all sources, in the menu of the program's icon. */
  opensWindow: boolean
  refreshesAll: boolean
}

/** The ending of a backup that belongs to this program (electron-builder.yml). */
const backupEnding = /\.bantin$/i

/**
 * Schema of the data that a second instance sends to the first. The words of the command line are a part of it, because
 * Chromium may change or reorder the command line that Electron passes on.
 */
const startSchema = z.object({ words: z.array(z.string()), folder: z.string() })

/**
 * Returns the words and the folder of this process, which {@link app.requestSingleInstanceLock} sends to the first
 * instance.
 */
export function ownStart(): z.infer<typeof startSchema> {
  // In development, the first argument is left out too, because it is the folder of the program.
  return { words: process.argv.slice(app.isPackaged ? 1 : 2), folder: process.cwd() }
}

/**
 * Returns the paths of the files on a command line. A relative path is resolved from the folder in which the command
 * line was entered.
 */
export function filesIn({ words, folder }: z.infer<typeof startSchema>): OpenRequest {
  const named = words.filter((word) => !word.startsWith('-'))
  return {
    paths: named.filter(isImportableName).map((word) => resolve(folder, word)),
    backups: named.filter((word) => backupEnding.test(word)).map((word) => resolve(folder, word)),
    opensWindow: words.includes(iconArguments.newWindow),
    refreshesAll: words.includes(iconArguments.refreshAll),
  }
}

/**
 * Listens for requests of the system from the first moment of the process. Requests are kept until the program calls
 * `answer`. macOS sends `open-file` before the program is ready, and a second instance may start while the library is
 * still being opened.
 */
export function listenForOpenRequests(): { answer(handle: (request: OpenRequest) => void): void } {
  const waiting: OpenRequest[] = []
  let handle = (request: OpenRequest): void => void waiting.push(request)
  app.on('second-instance', (_event, words, folder, data) => {
    const parsed = startSchema.safeParse(data)
    handle(filesIn(parsed.success ? parsed.data : { words: words.slice(1), folder }))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    const request = filesIn({ words: [path], folder: '/' })
    if (request.paths.length + request.backups.length > 0) handle(request)
  })
  return {
    answer(given) {
      handle = given
      for (const request of waiting.splice(0)) given(request)
    },
  }
}
