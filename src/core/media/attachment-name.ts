import type { Bulletin } from '../../shared/bulletin'
import { safeFileName } from '../outputs/safe-file-name'

/** Returns a name for saving an attached file: its own name, or its name in the library if it has none. */
export function attachmentName({ attachments }: Pick<Bulletin, 'attachments'>, file: string): string {
  const attachment = attachments.find((each) => each.file === file)
  return attachment === undefined ? file : safeFileName(attachment.name, file.split('.').at(-1) ?? 'bin')
}
