import { parseHTML } from 'linkedom'
import * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'

const maxSelectors = 40
const maxSelectorLength = 300
const selector = z.string().check(z.minLength(1), z.maxLength(maxSelectorLength))
const selectors = z.array(selector).check(z.maxLength(maxSelectors))

/**
 * Schema of a pack. A pack describes where a family of portals puts the parts of a bulletin (`docs/packs.md`). A pack
 * contains selectors but no code, so an untrusted pack can at most choose wrong parts. The selectors of a field are
 * tried in the given order.
 */
export const packSchema = z.strictObject({
  format: z.literal('bantin-pack/1'),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
  /** The author of the pack increases this version with every change. */
  version: z.int().check(z.positive()),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** `verified` if the pack was tested on saved pages of these portals, else `unverified`. */
  status: z.enum(['verified', 'unverified']),
  /**
   * The last day on which the pack read its test pages correctly. An unverified pack has only one test page, which was
   * written by hand.
   */
  lastGood: z.iso.date(),
  /** The pages on which the pack was tested. A person who changes the pack needs this list. */
  basis: z.string().check(z.maxLength(500)),
  /**
   * A page matches if a selector of `any` finds something. If the pack has `hosts`, the page must also come from one of
   * these hosts or from a subdomain. A page without a known host may match too.
   */
  match: z.strictObject({
    any: z.array(selector).check(z.minLength(1), z.maxLength(maxSelectors)),
    hosts: z.optional(z.array(z.string().check(z.regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/))).check(z.maxLength(200))),
  }),
  title: z.optional(selectors),
  summary: z.optional(selectors),
  body: z.optional(selectors),
  author: z.optional(selectors),
  date: z.optional(selectors),
  /** Selectors of the issuer of the text ("Nguồn: …"). */
  source: z.optional(selectors),
  /** Selectors of boxes that are not a part of the text. */
  drop: z.optional(selectors),
  /**
   * Selectors of boxes that are a part of the text, although the names or the links of these boxes suggest otherwise.
   */
  keep: z.optional(selectors),
})

/** See {@link packSchema}. */
export type Pack = z.infer<typeof packSchema>

const selectorFields = ['title', 'summary', 'body', 'author', 'date', 'source', 'drop', 'keep'] as const

/**
 * Parses a pack from JSON. Throws `invalid-pack` if the text is not JSON or not a pack, or if a selector cannot be
 * parsed. The error details contain `name`, `where` and `problem`. `where` is the path of a field (`body.0`), or is
 * empty for the whole file.
 */
export function parsePack(text: string, name: string): Pack {
  const fail = (where: string, problem: string, cause?: unknown): never => {
    throw new AppError('invalid-pack', `read pack ${name}: ${where} ${problem}`, { name, where, problem }, { cause })
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (thrown) {
    return fail('', thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
  const parsed = packSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return fail(issue?.path.join('.') ?? '', issue === undefined ? 'is not a pack' : describeProblem(issue))
  }
  const { document } = parseHTML('<html><body><p></p></body></html>')
  const fields = [
    ...parsed.data.match.any.map((selectorText, at): [string, string] => [`match.any.${at}`, selectorText]),
    ...selectorFields.flatMap((field) =>
      (parsed.data[field] ?? []).map((selectorText, at): [string, string] => [`${field}.${at}`, selectorText]),
    ),
  ]
  for (const [where, selectorText] of fields) {
    try {
      document.querySelector(selectorText)
    } catch (thrown) {
      fail(where, `${selectorText}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, thrown)
    }
  }
  return parsed.data
}

/** Describes a schema error in words, because `zod/mini` has no messages of its own. */
function describeProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be: ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be: ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
  if (issue.code === 'unrecognized_keys') return `unknown: ${issue.keys.join(', ')}`
  if (issue.code === 'too_small') return `must have at least ${String(issue.minimum)}`
  if (issue.code === 'too_big') return `must have at most ${String(issue.maximum)}`
  if (issue.code === 'invalid_format') return `must be written as: ${issue.pattern ?? issue.format}`
  return issue.code
}
