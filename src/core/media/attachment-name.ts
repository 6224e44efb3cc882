import type { Bulletin } from '../../shared/bulletin'
import { safeFileName } from '../outputs/safe-file-name'

/** A name under which an attached file can be saved: its own, or its name in the library if it has none. */
export function attachmentName({ attachments }: Pick<Bulletin, 'attachments'>, file: string): string {
  const attachment = attachments.find((each) => each.file === file)
  return attachment === undefined ? file : safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
}
