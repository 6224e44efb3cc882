import * as z from 'zod/mini'
import { foldWord } from './text/word-keys'

const hostSchema = z.string().check(z.regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.vn$/))

/** A province as it was before the mergers of 1 July 2025, with its portal. */
const formerProvinceSchema = z.object({
  name: z.string(),
  host: hostSchema,
  /** False where the host follows the pattern of its neighbours, and nobody has checked. */
  isSure: z.boolean(),
  /** As people write it too. */
  otherNames: z._default(z.array(z.string()), []),
  /** Hosts the same portal had before. */
  formerHosts: z._default(z.array(hostSchema), []),
})

/** `resources/portals.json`: the portals by province that the first start offers. */
export const portalsSchema = z.object({
  /** Where the facts come from, and of which day they are. */
  sources: z.array(
    z.object({
      of: z.enum(['provinces', 'hosts']),
      title: z.string(),
      date: z.string(),
      inForce: z.nullable(z.string()),
    }),
  ),
  /** The provinces of today; each keeps the portal of the one whose name it has. */
  provinces: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['province', 'city']),
      /** Those that became it; one alone where nothing was merged. */
      formedFrom: z.array(formerProvinceSchema).check(z.minLength(1)),
    }),
  ),
})

/** See {@link portalsSchema}. */
export type Portals = z.infer<typeof portalsSchema>

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

function isCalled({ name, otherNames }: z.infer<typeof formerProvinceSchema>, wanted: string): boolean {
  return [name, ...otherNames].some((known) => keyOf(known).includes(wanted))
}

function keyOf(name: string): string {
  return foldWord(name).replace(/[^a-z0-9]/g, '')
}
