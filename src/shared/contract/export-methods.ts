import * as z from 'zod/mini'
import { exportFormats } from '../export/export-formats'
import { exportOptionsSchema } from '../export/export-options'
import { idsSchema, revisionsSchema } from '../ids'
import { defineMethods } from './define-methods'

/** The methods of the contract that export bulletins. `api.ts` joins these methods with the other methods. */
export const exportMethods = defineMethods({
  /**
   * Exports bulletins in the order of `ids` to one book, one file, or a zip with one file for each bulletin. After the
   * job, the client calls `saveFiles` to save the files.
   */
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
