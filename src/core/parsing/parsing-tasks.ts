import { extractTask } from '../extract/extract-task'
import { channelPageTask, detectContentTask, opmlTask } from '../follow/follow-tasks'
import { openZipTask, splitJsonTask } from '../import/import-tasks'
import { sanitizeTask } from '../text/sanitize-task'
import { taskEntry, type TaskTable } from '../threads/task-table'

/**
 * The functions that the parsing threads run. They are the only functions of the program that pass bytes from outside
 * (files, downloads) to a parser.
 */
export const parsingTasks: TaskTable = new Map([
  taskEntry(extractTask, async () => (await import('../import/extract-file')).extractFile),
  taskEntry(sanitizeTask, async () => {
    const { sanitizeBody } = await import('../text/sanitize')
    return ({ html }) => sanitizeBody(html)
  }),
  taskEntry(splitJsonTask, async () => {
    const { splitJsonArray } = await import('../import/json-array')
    return ({ bytes, name }) => splitJsonArray(bytes, name)
  }),
  taskEntry(openZipTask, async () => {
    const { openZippedPages } = await import('../import/zipped-pages')
    return ({ bytes, name }) => openZippedPages(bytes, name)
  }),
  taskEntry(channelPageTask, async () => (await import('../follow/read-channel-page')).readChannelPage),
  taskEntry(detectContentTask, async () => (await import('../follow/discover/detect-content')).detectContent),
  taskEntry(opmlTask, async () => {
    const { readOpml } = await import('../follow/opml')
    const { checkAttributes } = await import('../follow/check-attributes')
    return ({ text }) => {
      checkAttributes(text, 'OPML')
      return readOpml(text)
    }
  }),
])
