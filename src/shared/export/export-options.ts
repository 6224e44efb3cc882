import * as z from 'zod/mini'

/** See {@link ./export-formats.ExportOptions}. */
export const exportOptionsSchema = z.strictObject({
  pictures: z.boolean(),
  marks: z.boolean(),
  sourceBox: z.boolean(),
})
