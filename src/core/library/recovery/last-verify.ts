import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Output } from '../../../shared/contract/api'
import { systemCode } from '../../files'
import { parseDocument, type VerifyRecord, verifyRecord } from '../store/documents'

/** So much of a journal is read at once, from its end. */
const blockBytes = 64 * 1024
/** The last whole check lies behind more than this only where parts were checked again and again: then it is not told. */
const maxScannedBytes = 16 * blockBytes

/**
 * When the whole library was last checked and how much was damaged, by its journal; null where it never was, or where
 * that can't be read. Reads the end of a file or two and walks no tree.
 */
export async function readLastVerify(root: string): Promise<Output<'getStorage'>['lastVerify']> {
  try {
    const names = (await readdir(join(root, 'log'))).filter((name) => /^verify-\d{4}\.jsonl$/.test(name)).sort()
    for (const name of names.toReversed()) {
      const record = await lastWhole(join(root, 'log', name))
      if (record !== null) return { at: record.at, damaged: record.damaged.length }
    }
    return null
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown
    return null
  }
}

/** The last record of a check of all in this file. */
async function lastWhole(path: string): Promise<VerifyRecord | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    let text = Buffer.alloc(0)
    while (text.byteLength < Math.min(size, maxScannedBytes)) {
      const length = Math.min(blockBytes, size - text.byteLength)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - text.byteLength - length)
      text = Buffer.concat([buffer.subarray(0, bytesRead), text])
      if (bytesRead < length) return null // cut this moment
      const isBeginning = text.byteLength === size
      // The first line may have its beginning in the block before.
      const lines = text
        .toString('utf8')
        .split('\n')
        .slice(isBeginning ? 0 : 1)
      const found = lines.findLast((line) => recordOf(line, path) !== null)
      if (found !== undefined) return recordOf(found, path)
    }
    return null
  } finally {
    await file.close()
  }
}

/** A line as the check of all it is; null for a check of some, and for a line that a crash cut off. */
function recordOf(line: string, path: string): VerifyRecord | null {
  if (line === '') return null
  try {
    const record = parseDocument(line, verifyRecord, path)
    return record.only === null ? record : null
  } catch {
    return null // cut by a crash
  }
}
