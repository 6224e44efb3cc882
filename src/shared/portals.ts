import * as z from 'zod/mini'

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
/** See {@link formerProvinceSchema}. */
export type FormerProvince = z.infer<typeof formerProvinceSchema>
