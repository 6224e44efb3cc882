import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Output } from '../../../shared/contract/api'
import { systemCode } from '../../files'
import { openPlainFile } from '../../trust/plain-files'
import { parseDocument, type VerifyRecord, verifyRecord } from '../store/documents'

/** The number of bytes in a block. A journal file is read from its end, one block after the other. */
const blockBytes = 64 * 1024
/**
 * Maximum number of bytes that are read from the end of one journal file. A verification recorded before these bytes is
 * not found.
 */
const maxScannedBytes = 16 * blockBytes

/**
 * Reads the last complete verification from the journal: its time and the number of damaged files. Returns null if the
 * journal can't be read or has no such record. Reads the yearly files from the newest one backwards, and only the end
 * of each file.
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

/** Finds the last record of a complete verification in a journal file. Returns null if the file has none. */
async function findLastComplete(path: string): Promise<VerifyRecord | null> {
  const file = await openPlainFile(path)
  try {
    const { size } = await file.stat()
    let text = Buffer.alloc(0)
    while (text.byteLength < Math.min(size, maxScannedBytes)) {
      const length = Math.min(blockBytes, size - text.byteLength)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - text.byteLength - length)
      text = Buffer.concat([buffer.subarray(0, bytesRead), text])
      if (bytesRead < length) return null // The file became shorter while it was read.
      const isFileStart = text.byteLength === size
      // The first line of the text is left out unless the whole file was read, because the line may begin in a block
      // that is not read yet.
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

/**
 * Parses a line of the journal. Returns null for the record of a verification of only some bulletins, and for a line
 * that a crash cut off.
 */
function parseCompleteRecord(line: string, path: string): VerifyRecord | null {
  if (line === '') return null
  try {
    const record = parseDocument(line, verifyRecord, path)
    return record.only === null ? record : null
  } catch {
    return null // A crash cut off the line.
  }
}
