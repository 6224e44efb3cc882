import type { CallResult } from '../../shared/contract/api'
import { methods } from '../../shared/contract/api'
import { bulletinSchema } from '../../shared/bulletin'
import { AppError, toErrorShape } from '../../shared/errors'
import type { App } from '../app'
import type { Ports } from '../ports'
import { safeFileName } from '../outputs/safe-file-name'

/**
 * An attached file of the holder's library, given to the reader by this host: its dialogs are here, the file is there.
 */
export async function openAttachmentHere(
  ports: Ports,
  holder: Pick<App, 'call' | 'page'>,
  input: unknown,
): Promise<CallResult<unknown>> {
  const parsed = methods.openAttachment.input.safeParse(input)
  if (!parsed.success) return { ok: false, error: toErrorShape(new AppError('invalid-input', 'call openAttachment')) }
  const { id, file } = parsed.data
  const answer = await holder.call('getBulletin', { id })
  if (!answer.ok) return answer
  const attachment = bulletinSchema.parse(answer.value).attachments.find((each) => each.file === file)
  const missing = (): AppError => new AppError('file-not-found', `attachment ${file}: not there`, { name: file })
  try {
    if (attachment === undefined) throw missing()
    const name = safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
    const value = await ports.openAttachment({
      id,
      file,
      name,
      async read() {
        const page = await holder.page(`/media/${id}/${file}`)
        if (page === null) throw missing()
        return new Uint8Array(await page.arrayBuffer())
      },
    })
    return { ok: true, value }
  } catch (thrown) {
    return { ok: false, error: toErrorShape(thrown) }
  }
}
