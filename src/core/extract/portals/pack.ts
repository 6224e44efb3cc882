import { parseHTML } from 'linkedom'
import * as z from 'zod/mini'
import { AppError } from '../../../shared/errors'

const maxSelectors = 40
const maxSelectorLength = 300
const selector = z.string().check(z.minLength(1), z.maxLength(maxSelectorLength))
const selectors = z.array(selector).check(z.maxLength(maxSelectors))

/**
 * How a family of portals marks the parts of a bulletin: selectors and nothing else, so that a pack from anywhere can
 * do no more than choose wrong parts. Selectors of a field are tried in their order.
 */
export const packSchema = z.strictObject({
  format: z.literal('bantin-pack/1'),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
  /** Raised whenever the pack reads a page differently. */
  version: z.int().check(z.positive()),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** `verified`: it was seen to read pages saved from such portals; `unverified`: chưa kiểm chứng. */
  status: z.enum(['verified', 'unverified']),
  /** The day on which it last read its pages right (verified) or its own test page (unverified). */
  lastGood: z.iso.date(),
  /** What it rests on, for those who mend it. */
  basis: z.string().check(z.maxLength(500)),
  /**
   * The page is of this family if one of `any` is there and, where `hosts` is given, it came from one of them or below.
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
  /** Who issued the text ("Nguồn: …"). */
  source: z.optional(selectors),
  /** Boxes that are no part of the text. */
  drop: z.optional(selectors),
  /** Boxes that are, though their names or links speak against them. */
  keep: z.optional(selectors),
})
/** See {@link packSchema}. */
export type Pack = z.infer<typeof packSchema>

const selectorFields = ['title', 'summary', 'body', 'author', 'date', 'source', 'drop', 'keep'] as const

/**
 * A pack from JSON. Throws `invalid-pack` where it is no JSON, no pack, or holds a selector that can't be read;
 * details: name, where (`body.0`; empty for the whole file), problem.
 */
export function parsePack(text: string, name: string): Pack {
  const refuse = (where: string, problem: string, cause?: unknown): never => {
    throw new AppError('invalid-pack', `pack ${name}: ${where} ${problem}`, { name, where, problem }, { cause })
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (thrown) {
    return refuse('', thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
  const parsed = packSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse(issue?.path.join('.') ?? '', issue === undefined ? 'is no pack' : describeProblem(issue))
  }
  const { document } = parseHTML('<html><body><p></p></body></html>')
  const fields = [
    ...parsed.data.match.any.map((text_, at): [string, string] => [`match.any.${at}`, text_]),
    ...selectorFields.flatMap((field) =>
      (parsed.data[field] ?? []).map((text_, at): [string, string] => [`${field}.${at}`, text_]),
    ),
  ]
  for (const [where, text_] of fields) {
    try {
      document.querySelector(text_)
    } catch (thrown) {
      refuse(where, `${text_}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, thrown)
    }
  }
  return parsed.data
}

/** zod's small form has no sentences of its own. */
function describeProblem(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be: ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be: ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
  if (issue.code === 'unrecognized_keys') return `unknown: ${issue.keys.join(', ')}`
  if (issue.code === 'too_small') return `must have at least ${String(issue.minimum)}`
  if (issue.code === 'too_big') return `must have at most ${String(issue.maximum)}`
  if (issue.code === 'invalid_format') return `must be written as: ${issue.pattern ?? issue.format}`
  return issue.code
}
