import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { markAsDownloaded } from '../../../src/main/file-mark'
import { temporaryFolder } from '../support/library'

describe('markAsDownloaded', () => {
  it('markAsDownloaded writes the mark of the internet zone into a stream of the file on Windows', async () => {
    const path = join(await temporaryFolder(), 'công văn.docx')
    await writeFile(path, 'nội dung')
    await markAsDownloaded(path, 'win32')
    // On other systems, the name with ":" is the name of a separate file.
    expect(await readFile(`${path}:Zone.Identifier`, 'utf8')).toBe('[ZoneTransfer]\r\nZoneId=3\r\n')
    expect(await readFile(path, 'utf8')).toBe('nội dung')
  })

  it('markAsDownloaded creates no second file on a system without such marks', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'a.docx'), 'x')
    await markAsDownloaded(join(folder, 'a.docx'), 'linux')
    expect(await readdir(folder)).toEqual(['a.docx'])
  })

  it('markAsDownloaded ignores a drive that cannot store the mark', async () => {
    const missing = join(await temporaryFolder(), 'missing', 'a.docx')
    await expect(markAsDownloaded(missing, 'win32')).resolves.toBeUndefined()
    await expect(markAsDownloaded(missing, 'darwin')).resolves.toBeUndefined()
  })
})
