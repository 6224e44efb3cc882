import { randomBytes } from 'node:crypto'
import { isSameToken } from './request-guard'

/** The time in ms for which a code is valid. */
const maxAgeMs = 60_000

/** Login codes. Each code lets one browser open the program once. */
export interface LoginCodes {
  create(): string
  /** Returns true and removes the code if the code is valid. Returns false if the code is unknown, used or too old. */
  take(code: string): boolean
}

/** Creates an empty collection of login codes. */
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
