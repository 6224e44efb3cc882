// Signs the feed of updates (docs/releasing.md#updates).
//   node scripts/package/sign-update.mjs --make-key FILE
//     writes a new private key, and prints the public key for BANTIN_UPDATE_KEY.
//   node scripts/package/sign-update.mjs --key FILE --page ADDRESS [--days NUMBER] FILES…
//     prints update.json for the version in package.json and these files of the release.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../project.mjs'

/** The same text as `signedPrefix` in src/core/updates/update-feed.ts. */
const prefix = 'bantin-update/1\n'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'make-key': { type: 'string' },
    key: { type: 'string' },
    page: { type: 'string' },
    days: { type: 'string', default: '120' },
  },
})

if (values['make-key'] !== undefined) makeKey(values['make-key'])
else if (values.key !== undefined && values.page?.startsWith('https://') && Number(values.days) > 0)
  console.log(signFeed(readFileSync(values.key), values.page, Number(values.days), positionals))
else {
  console.error('sign-update: needs --make-key FILE, or --key FILE --page https://… [--days NUMBER] FILES…')
  process.exitCode = 2
}

function makeKey(file) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' })
  console.log(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'))
}

function signFeed(pem, page, days, files) {
  const now = Date.now()
  const key = createPrivateKey(pem)
  const signed = JSON.stringify({
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + days * 24 * 60 * 60 * 1000).toISOString(),
    page,
    files: files.map((file) => ({
      name: basename(file),
      sha512: createHash('sha512').update(readFileSync(file)).digest('base64'),
    })),
  })
  const bytes = Buffer.from(prefix + signed)
  const signature = sign(null, bytes, key)
  if (!verify(null, bytes, createPublicKey(key), signature)) throw new Error('sign-update: the signature is wrong')
  return JSON.stringify({ signed, signature: signature.toString('base64') }, null, 2)
}
