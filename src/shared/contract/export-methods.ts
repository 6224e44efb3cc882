import * as z from 'zod/mini'
import { exportFormats } from '../export/export-formats'
import { exportOptionsSchema } from '../export/export-options'
import { idsSchema, revisionsSchema } from '../ids'
import { defineMethods } from './define-methods'

/** The methods of the contract that hand bulletins on as files; see {@link ./api.methods}. */
export const exportMethods = defineMethods({
  /** Makes files of these bulletins, in their order: one book, one file, or a zip of one file each. `saveFiles` hands them over. */
  startExport: () => ({
    input: z.strictObject({
      ids: idsSchema,
      revisions: z.optional(revisionsSchema),
      format: z.enum(exportFormats),
      options: exportOptionsSchema,
    }),
    output: z.object({ jobId: z.string() }),
  }),
})
