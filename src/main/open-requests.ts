import { app } from 'electron'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { isImportableName } from '../shared/saved-pages'

/** A request to show the program, with the files that the user wants to open in it. Empty if the user named no file. */
export interface OpenRequest {
  paths: string[]
}

/** The data that a second instance sends to the first. Chromium may change or reorder the command line itself. */
const startSchema = z.object({ words: z.array(z.string()), folder: z.string() })

/** The data of this process for {@link app.requestSingleInstanceLock}. */
export function ownStart(): z.infer<typeof startSchema> {
  // A program in development has its folder as the first argument.
  return { words: process.argv.slice(app.isPackaged ? 1 : 2), folder: process.cwd() }
}

/** Finds the files to open in a command line. A relative path counts from the folder of that command line. */
export function filesIn({ words, folder }: z.infer<typeof startSchema>): string[] {
  return words.filter((word) => !word.startsWith('-') && isImportableName(word)).map((word) => resolve(folder, word))
}

/**
 * Listens for requests of the system from the first moment of the process. The requests wait until `answer` is called,
 * because macOS sends `open-file` before the program is ready, and a second instance may start while the library is
 * still being opened.
 */
export function listenForOpenRequests(): { answer(handle: (request: OpenRequest) => void): void } {
  const waiting: OpenRequest[] = []
  let handle = (request: OpenRequest): void => void waiting.push(request)
  app.on('second-instance', (_event, words, folder, data) => {
    const parsed = startSchema.safeParse(data)
    handle({ paths: filesIn(parsed.success ? parsed.data : { words: words.slice(1), folder }) })
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (isImportableName(path)) handle({ paths: [path] })
  })
  return {
    answer(given) {
      handle = given
      for (const request of waiting.splice(0)) given(request)
    },
  }
}
