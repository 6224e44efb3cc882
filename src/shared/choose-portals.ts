// No zod here: the renderer calls this function at run time.
import type { FormerProvince, Portals } from './portals'
import { foldWord } from './text/word-keys'

/** One portal to choose. */
export interface PortalChoice {
  /** The province as it was called when the portal was its own. */
  name: string
  /** The province it belongs to today. */
  nameNow: string
  host: string
  /** Its front page. */
  url: string
  isSure: boolean
}

/**
 * The portals whose province is called so, today or before, typed with marks or without ("bac kan" finds Bắc Kạn's own
 * portal, and Thái Nguyên's beside it); all of them for an empty query. By today's names, its own portal first.
 */
export function choosePortals({ provinces }: Portals, query: string): PortalChoice[] {
  const wanted = keyOf(query)
  return provinces.flatMap((province) => {
    const isProvince = keyOf(province.name).includes(wanted)
    const named = province.formedFrom.some((former) => isCalled(former, wanted))
    return isProvince || named
      ? province.formedFrom
          .map(({ name, host, isSure }): PortalChoice => ({
            name,
            nameNow: province.name,
            host,
            url: `https://${host}/`,
            isSure,
          }))
          .toSorted((a, b) => Number(keyOf(b.name).includes(wanted)) - Number(keyOf(a.name).includes(wanted)))
      : []
  })
}

function isCalled({ name, otherNames }: FormerProvince, wanted: string): boolean {
  return [name, ...otherNames].some((known) => keyOf(known).includes(wanted))
}

function keyOf(name: string): string {
  return foldWord(name).replace(/[^a-z0-9]/g, '')
}
