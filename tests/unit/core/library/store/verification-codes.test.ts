import { expect, it } from 'vitest'
import { createVerificationCode, parseVerificationCode } from '../../../../../src/shared/print/verification-code'
import { additionOf, openTestLibrary, temporaryFolder } from '../../../support/library'

const address = 'https://example.org/tin/1'

function prefixOf(digest: string): string {
  const read = parseVerificationCode(createVerificationCode(digest))
  return typeof read === 'object' && read !== null ? read.prefix : ''
}

it('findDigest finds a code that was printed from the current or an older text, and no other code', async () => {
  const library = await openTestLibrary(await temporaryFolder())
  const { id } = await library.add(additionOf({ address, body: 'Lúc đầu viết như thế này.' }))
  const before = (await library.get(id)).revision.digest
  expect(await library.findDigest(prefixOf(before))).toMatchObject({ match: true, id, revision: 1, isCurrent: true })

  await library.add(additionOf({ address, body: 'Sau này được sửa lại một chút.' }))
  const after = (await library.get(id)).revision.digest
  expect(after).not.toBe(before)
  expect(await library.findDigest(prefixOf(after))).toMatchObject({ match: true, id, revision: 2, isCurrent: true })
  expect(await library.findDigest(prefixOf(before))).toMatchObject({ match: true, id, revision: 1, isCurrent: false })
  expect(await library.findDigest('0'.repeat(15))).toMatchObject({ match: false, id: null, capturedAt: null })
})

it('findDigest finds a printed code in a rebuilt index and in a library that is opened for reading', async () => {
  const root = await temporaryFolder()
  const writer = await openTestLibrary(root)
  const { id } = await writer.add(additionOf({ address }))
  const { digest } = (await writer.get(id)).revision
  await writer.reindex({})
  expect(await writer.findDigest(prefixOf(digest))).toMatchObject({ match: true, id })
  await writer.close()
  const reader = await openTestLibrary(root, { access: 'read' })
  expect(await reader.findDigest(prefixOf(digest))).toMatchObject({ match: true, id })
})
