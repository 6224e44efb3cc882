import * as z from 'zod/mini'
import { numberedEventSchema } from '../../shared/contract/api'
import { errorShapeSchema } from '../../shared/errors'

/** A call that another program of this machine sends. The dispatch checks the method and the input. */
export const callSchema = z.object({
  method: z.unknown(),
  input: z.unknown(),
  caller: z._default(z.enum(['page', 'program', 'guest']), 'page'),
})

/** The answer of the server to a call. */
export const callResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorShapeSchema }),
])

/** The answer of the holder to a challenge. */
export const challengeAnswerSchema = z.object({ answer: z.string().check(z.maxLength(200)) })

/** The headers of a page, as pairs of name and value. */
export const pageHeadersSchema = z.array(z.tuple([z.string(), z.string()]))

/** One line of the stream of events. */
export const eventLineSchema = numberedEventSchema
