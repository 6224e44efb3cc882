import * as z from 'zod/mini'

const hostSchema = z.string().check(z.regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|chinhphu)\.vn$/))

/** A province before the mergers of 1 July 2025, with its portal. */
const formerProvinceSchema = z.object({
  name: z.string(),
  host: hostSchema,
  /** The value is false if the host was guessed from the pattern of other hosts and nobody has confirmed the host. */
  isSure: z.boolean(),
  /** Other spellings of the province's name. */
  otherNames: z._default(z.array(z.string()), []),
  /** The earlier hosts of the same portal. */
  formerHosts: z._default(z.array(hostSchema), []),
  /** Other hosts that public lists name for the same portal. */
  otherHosts: z._default(z.array(hostSchema), []),
})

/** The portal of a ministry, or of an office of the same rank. */
const ministrySchema = z.object({ name: z.string(), host: hostSchema, isSure: z.boolean() })

/**
 * The content of `resources/portals.json`. The file lists the portals that the program offers on its first start,
 * grouped by province.
 */
export const portalsSchema = z.object({
  /** The publications from which the facts come, with their dates. */
  sources: z.array(
    z.object({
      of: z.enum(['provinces', 'hosts']),
      title: z.string(),
      date: z.string(),
      inForce: z.nullable(z.string()),
    }),
  ),
  /** The present provinces. A present province uses the portal of the former province with the same name. */
  provinces: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['province', 'city']),
      /**
       * The former provinces that were merged into this province. The list has one entry if the province was not
       * merged.
       */
      formedFrom: z.array(formerProvinceSchema).check(z.minLength(1)),
    }),
  ),
  ministries: z._default(z.array(ministrySchema), []),
})

/** The type of the values that {@link portalsSchema} accepts. */
export type Portals = z.infer<typeof portalsSchema>
/** The type of the values that {@link formerProvinceSchema} accepts. */
export type FormerProvince = z.infer<typeof formerProvinceSchema>
