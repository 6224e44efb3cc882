import type { Bulletin } from '../../shared/bulletin'
import { safeFileName } from '../outputs/safe-file-name'

/**
 * Returns a name for saving an attached file: the name on the page, or the file name in the library for an unknown
 * file.
 */
export function attachmentName({ attachments }: Pick<Bulletin, 'attachments'>, file: string): string {
  const attachment = attachments.find((each) => each.file === file)
  return attachment === undefined ? file : safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
}
