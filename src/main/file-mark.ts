import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Marks a file as downloaded from the internet, so that Office opens it in protected view. Windows keeps the mark in
 * the stream `Zone.Identifier` of the file (MS-FSCC 5.6.1), macOS in the attribute `com.apple.quarantine`. Other
 * systems have no such mark. A drive such as FAT cannot keep the mark, so a failure is ignored.
 */
export async function markAsDownloaded(path: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  try {
    if (platform === 'win32') await writeFile(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')
    if (platform === 'darwin')
      await promisify(execFile)('/usr/bin/xattr', ['-w', 'com.apple.quarantine', '0081;0;BanTin;', path])
  } catch {
    // The drive cannot keep the mark.
  }
}
