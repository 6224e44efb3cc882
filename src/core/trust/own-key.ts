import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { randomName, systemCode } from '../files'
import { nodeCrypto } from '../node-crypto'

/**
 * The secret key of this user on this machine. The program uses the key to make marks, which are message authentication
 * codes. A valid mark proves that a program of this user wrote a statement. A backup or a library of somebody else
 * cannot contain such a mark (`docs/notes/2026-12-01-own-marks.md`).
 */
export interface OwnKey {
  /** Returns the mark for a statement. A statement is a list of texts, for example `['source', id, url]`. */
  sign(statement: readonly string[]): string
  /** Whether this user's key made the mark for this statement. Never writes the key file. */
  verify(mark: string, statement: readonly string[]): boolean
}

const keyBytes = 32
const keyName = 'own.key'

/**
 * Opens the key of the user whose config folder is `config`. The key is in the file `own.key` (mode 0600), which is
 * created when the first mark is made. If the file cannot be created or belongs to another user, the key lasts only as
 * long as this process.
 */
export function openOwnKey(config: string): OwnKey {
  const path = join(config, keyName)
  let known: Buffer | null = null
  const find = (): Buffer | null => (known ??= readKey(path))
  const findOrCreate = (): Buffer => (known ??= find() ?? createKey(config, path))
  return {
    sign: (statement) => mark(findOrCreate(), statement),
    verify(given, statement) {
      const key = find()
      if (key === null) return false
      const [expected, found] = [Buffer.from(mark(key, statement)), Buffer.from(given)]
      return expected.byteLength === found.byteLength && nodeCrypto().timingSafeEqual(expected, found)
    },
  }
}

/**
 * Returns the mark of a statement. The statement is encoded as JSON, so that two different lists never give the same
 * text.
 */
function mark(key: Buffer, statement: readonly string[]): string {
  return nodeCrypto().createHmac('sha256', key).update(JSON.stringify(statement)).digest('base64url')
}

/** Reads the key. Returns null if the file is missing, is a link, is too short or belongs to another user. */
function readKey(path: string): Buffer | null {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const stats = fstatSync(file)
      const key = Buffer.alloc(keyBytes)
      const isOurs = process.getuid === undefined || stats.uid === process.getuid()
      return isOurs && stats.isFile() && readSync(file, key, 0, keyBytes, 0) === keyBytes ? key : null
    } finally {
      closeSync(file)
    }
  } catch {
    return null // The file is missing or cannot be read. Without the key, no mark is valid.
  }
}

/** Creates the key file. If another process creates it at the same time, both processes use the same key. */
function createKey(config: string, path: string): Buffer {
  const key = nodeCrypto().randomBytes(keyBytes)
  const staged = `${path}.${randomName()}`
  try {
    mkdirSync(config, { recursive: true })
    writeFileSync(staged, key, { flag: 'wx', mode: 0o600, flush: true })
    try {
      // A hard link gives the complete file its name in one step, and fails if the name is taken.
      linkSync(staged, path)
    } catch (thrown) {
      if (systemCode(thrown) !== 'EEXIST') writeFileSync(path, key, { flag: 'wx', mode: 0o600, flush: true })
    }
    return readKey(path) ?? key
  } catch {
    return readKey(path) ?? key // The folder cannot be written, so the key lasts only as long as this process.
  } finally {
    rmSync(staged, { force: true })
  }
}
