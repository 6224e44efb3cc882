// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).
import type { FormerProvince, Portals } from './portals'
import { foldWord } from './text/word-keys'

/** A portal that the user can choose. */
export interface PortalChoice {
  /** The name that the portal's province had before the mergers. */
  name: string
  /** The name of the present province to which the portal's province now belongs. */
  nameNow: string
  host: string
  /** The address of the portal's front page. */
  url: string
  /** Whether somebody has confirmed the host of the portal. */
  isSure: boolean
}

/**
 * Returns the portals of provinces and ministries whose present or former name matches the query, with or without marks. "bac kan"
 * finds the portals of Bắc Kạn and of Thái Nguyên, because Bắc Kạn is now part of Thái Nguyên. An empty query returns
 * all portals. The result is sorted by the present provinces. Within a province, the portals whose own name matches
 * come first. The portals of ministries come last. They are also found by the beginning of their host.
 */
export function choosePortals({ provinces, ministries }: Portals, query: string): PortalChoice[] {
  const wanted = getKey(query)
  const offices = ministries
    .filter(({ name, host }) => getKey(name).includes(wanted) || getKey(host).startsWith(wanted))
    .map(({ name, host, isSure }) => ({ name, nameNow: name, host, url: `https://${host}/`, isSure }))
  const ofProvinces = provinces.flatMap((province) => {
    const isProvince = getKey(province.name).includes(wanted)
    const named = province.formedFrom.some((former) => hasName(former, wanted))
    return isProvince || named
      ? province.formedFrom
          .map(({ name, host, isSure }): PortalChoice => ({
            name,
            nameNow: province.name,
            host,
            url: `https://${host}/`,
            isSure,
          }))
          .toSorted((a, b) => Number(getKey(b.name).includes(wanted)) - Number(getKey(a.name).includes(wanted)))
      : []
  })
  return [...ofProvinces, ...offices]
}

function hasName({ name, otherNames }: FormerProvince, wanted: string): boolean {
  return [name, ...otherNames].some((known) => getKey(known).includes(wanted))
}

function getKey(name: string): string {
  return foldWord(name).replace(/[^a-z0-9]/g, '')
}
