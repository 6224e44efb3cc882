import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Output } from '../../../shared/contract/api'
import { systemCode } from '../../files'
import { parseDocument, type VerifyRecord, verifyRecord } from '../store/documents'

/** The journal is read in blocks of this size, from its end. */
const blockBytes = 64 * 1024
/**
 * At most this many bytes of a journal are read. An old complete verification before many partial ones is therefore not
 * found.
 */
const maxScannedBytes = 16 * blockBytes

/**
 * Time and result of the last complete verification, from the journal. Returns null if there is none or the journal
 * can't be read. Reads only the end of one or two files.
 */
export async function readLastVerify(root: string): Promise<Output<'getStorage'>['lastVerify']> {
  try {
    const files = (await readdir(join(root, 'log'))).filter((name) => /^verify-\d{4}\.jsonl$/.test(name)).sort()
    for (const name of files.toReversed()) {
      const record = await findLastComplete(join(root, 'log', name))
      if (record !== null) return { at: record.at, damaged: record.damaged.length }
    }
    return null
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown
    return null
  }
}

/** The last record of a complete verification in a file. Returns null if there is none. */
async function findLastComplete(path: string): Promise<VerifyRecord | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    let text = Buffer.alloc(0)
    while (text.byteLength < Math.min(size, maxScannedBytes)) {
      const length = Math.min(blockBytes, size - text.byteLength)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - text.byteLength - length)
      text = Buffer.concat([buffer.subarray(0, bytesRead), text])
      if (bytesRead < length) return null // the file was cut off while it was read
      const isFileStart = text.byteLength === size
      // The first line may begin in the preceding block.
      const lines = text
        .toString('utf8')
        .split('\n')
        .slice(isFileStart ? 0 : 1)
      const found = lines.findLast((line) => parseCompleteRecord(line, path) !== null)
      if (found !== undefined) return parseCompleteRecord(found, path)
    }
    return null
  } finally {
    await file.close()
  }
}

/** Parses a record of a complete verification. Returns null for a partial one, and for a line that a crash cut off. */
function parseCompleteRecord(line: string, path: string): VerifyRecord | null {
  if (line === '') return null
  try {
    const record = parseDocument(line, verifyRecord, path)
    return record.only === null ? record : null
  } catch {
    return null // a crash cut the line off
  }
}
