import { canonicalAddress } from '../../fetch/url'
import type { Addition } from '../changes/addition'
import type { BulletinDocument } from '../store/documents'
import { idOf, idRule, sha256 } from '../store/identity'
import type { IntactParts } from './intact-parts'

/**
 * Recovers the id and address of a bulletin whose `bulletin.json` is lost. The id was computed from an address or a
 * file of the bulletin, and the name of its folder ends with the first characters of the id. This function computes the
 * id of each address and file, and uses the first one that matches the folder's name.
 */
export function recoverIdentity(
  folder: string,
  { address, source }: Pick<Addition, 'address' | 'source'>,
  { captures, files }: Pick<IntactParts, 'captures' | 'files'>,
): Omit<BulletinDocument, 'revision'> {
  const requested = captures.flatMap(({ value }) =>
    value.requests.flatMap(({ role, targetUri }) =>
      role === 'page' && targetUri !== null ? [{ address: targetUri, from: value.capturedAt }] : [],
    ),
  )
  const first = captures[0]?.value.capturedAt
  const addresses = [...(address === null || first === undefined ? [] : [{ address, from: first }]), ...requested]
  const [, start, number] = /-?([0-9a-z]{8})(?:-(\d+))?$/.exec(folder) ?? []
  const candidates = [
    ...addresses.map((origin) => ({ origin, id: idOf(origin) })),
    ...[...files.values()].map((bytes) => ({ origin: null, id: idOf({ fileSha256: sha256(bytes) }) })),
  ]
  const found = candidates.find(({ id }) => id.startsWith(start ?? '')) ?? candidates[0]
  const { origin = null, id = '' } = found ?? {}
  return {
    id: number === undefined || start === undefined || !id.startsWith(start) ? id : `${id}~${number}`,
    idRule,
    addresses:
      origin === null
        ? []
        : [{ url: canonicalAddress(origin.address), from: origin.from, until: null, how: 'canonical' }],
    source,
    relations: [],
  }
}
