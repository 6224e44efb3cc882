import { nodeCrypto } from '../node-crypto'
import type { OwnKey } from '../trust/own-key'
import type { LocalSocket } from './socket'

/**
 * The proof that the process behind a socket is a program of this user. The caller sends a random challenge, and the
 * holder answers with the mark of this challenge by the user's key. The caller sends its token and its calls only to a
 * holder that has answered correctly. A lock file in the library of somebody else can name any socket, but the process
 * behind that socket does not know the key.
 */
export interface Challenge {
  /** The text that the caller sends. */
  text: string
  /** Whether an answer proves that the holder knows the user's key. */
  accepts(answer: string): boolean
}

/** Creates a challenge for the holder at a socket. */
export function createChallenge({ path }: Pick<LocalSocket, 'path'>, key: OwnKey): Challenge {
  const text = nodeCrypto().randomBytes(24).toString('base64url')
  return { text, accepts: (answer) => key.verify(answer, statementOf(path, text)) }
}

/** Answers a challenge as the holder at a socket. */
export function answerChallenge({ path }: Pick<LocalSocket, 'path'>, text: string, key: OwnKey): string {
  return key.sign(statementOf(path, text))
}

function statementOf(path: string, text: string): string[] {
  return ['holder', path, text]
}
