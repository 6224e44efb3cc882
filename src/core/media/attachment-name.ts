import type { Bulletin } from '../../shared/bulletin'
import { safeFileName } from '../outputs/safe-file-name'

/**
 * Returns a name for saving an attached file. The name is the name on the page. For an unknown file, the name is the
 * file name in the library.
 */
export function attachmentName({ attachments }: Pick<Bulletin, 'attachments'>, file: string): string {
  const attachment = attachments.find((each) => each.file === file)
  return attachment === undefined ? file : safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
}
