import * as z from 'zod/mini'
import { idsSchema, revisionsSchema } from '../ids'
import { printOptionsSchema } from '../print/print-options'
import { defineMethods } from './define-methods'
import { checkResultSchema } from './results'

/** The methods of the contract that print bulletins. `api.ts` joins these methods with the other methods. */
export const printMethods = defineMethods({
  /** Prints these bulletins to PDF. The preview of a long edition contains only the first bulletins of the edition. */
  startPrint: () => ({
    input: z.strictObject({
      ids: idsSchema,
      revisions: z.optional(revisionsSchema),
      options: printOptionsSchema,
      isPreview: z.boolean(),
    }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Sends a file of a finished print job to the printer. */
  printFile: () => ({
    input: z.strictObject({
      jobId: z.string(),
      file: z.int().check(z.nonnegative()),
      copies: z.int().check(z.gte(1), z.lte(99)),
    }),
    /** `isOpenedInViewer` is true if printing failed, and the file is open in the PDF program of the system instead. */
    output: z.object({ page: z.nullable(z.string()), isOpenedInViewer: z._default(z.boolean(), false) }),
  }),
  /**
   * Saves all files of a finished print or export job. Returns the paths of the saved files. A web host cannot save
   * files. Such a host returns the pages from which the browser downloads the files.
   */
  saveFiles: () => ({
    input: z.strictObject({ jobId: z.string() }),
    output: z.object({ pages: z.array(z.string()), saved: z.array(z.string()) }),
  }),
  /** Prints the duplex test. The test shows how the printer turns a stack of paper that the user puts back by hand. */
  startTurnTest: () => ({ input: z.strictObject({}), output: z.object({ jobId: z.string() }) }),
  /**
   * Finds the bulletin of a printed verification code ("Mã đối chiếu"). Throws `wrong-code` if the code is mistyped.
   */
  checkCode: () => ({
    input: z.strictObject({ code: z.string().check(z.maxLength(100)) }),
    output: checkResultSchema,
  }),
})
