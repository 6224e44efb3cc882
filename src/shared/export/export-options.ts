import * as z from 'zod/mini'

/** The schema of `ExportOptions` in `export-formats.ts`. */
export const exportOptionsSchema = z.strictObject({
  pictures: z.boolean(),
  marks: z.boolean(),
  sourceBox: z.boolean(),
})
