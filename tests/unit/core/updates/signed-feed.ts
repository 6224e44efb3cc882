import { generateKeyPairSync, sign } from 'node:crypto'
import { signedPrefix } from '../../../../src/core/updates/update-feed'

/** A publisher with a new key pair. `publish` returns the signed feed with the given facts. */
export function createPublisher(): { key: string; publish(facts: Record<string, unknown>): string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    publish(facts) {
      const signed = JSON.stringify(facts)
      const signature = sign(null, Buffer.from(signedPrefix + signed), privateKey).toString('base64')
      return JSON.stringify({ signed, signature })
    },
  }
}

/** The facts of a valid feed for the clock of the tests, 24 November 2026. */
export const facts = {
  version: '1.2.0',
  issuedAt: '2026-11-20T00:00:00Z',
  expiresAt: '2027-02-20T00:00:00Z',
  page: 'https://bantin.example/tai-ve',
  files: [{ name: 'bantin-1.2.0-windows-x64-setup.exe', sha512: 'AAAA' }],
}
