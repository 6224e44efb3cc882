import { randomBytes } from 'node:crypto'
import { isSameToken } from './request-guard'

/** A code that nobody has used after this time no longer counts. */
const maxAgeMs = 60_000

/** Codes that each open the program in one browser. */
export interface LoginCodes {
  create(): string
  /** Uses up a code. Returns false if the code is unknown, used or too old. */
  take(code: string): boolean
}

/** Creates an empty collection of codes. */
export function createLoginCodes(now: () => number = () => performance.now()): LoginCodes {
  const codes = new Map<string, number>()
  return {
    create() {
      const code = randomBytes(24).toString('base64url')
      codes.set(code, now())
      return code
    },
    take(given) {
      for (const [code, created] of codes)
        if (isSameToken(given, code)) {
          codes.delete(code)
          return now() - created <= maxAgeMs
        }
      return false
    },
  }
}
