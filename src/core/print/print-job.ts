import type { Bulletin } from '../../shared/bulletin'
import { AppError } from '../../shared/errors'
import { maxBulletinsPerPart, maxPreviewBulletins, countSheets } from '../../shared/print/print-option-values'
import type { PrintOptions } from '../../shared/print/print-options'
import type { Language } from '../../shared/settings/setting-values'
import { translate } from '../../shared/locales/translate'
import { getEditionTitle } from './edition'
import type { EditionOptions } from './edition-options'
import { fillFileNameTemplate, getNameParts, toFileName } from '../outputs/file-name-template'
import type { ManualDuplex } from './sheet-order'
import { getSheet } from './page-rules'
import { type Print, printPart } from './print-part'
import type { JobFiles } from '../outputs/generated-files'
import type { PrintedFile } from '../ports'

/** The order of a print job. */
export interface PrintOrder {
  ids: readonly string[]
  /** The numbers of the older revisions to print, by bulletin id. */
  revisions?: Readonly<Record<string, number>> | undefined
  options: PrintOptions
  /** Whether the job is a preview. A preview contains only the first bulletins of a long edition. */
  isPreview: boolean
  /** The template of the file names. */
  fileName: string
  language: Language
  turn: ManualDuplex
}

/** The dependencies of a print job: the bulletins, a print engine and the files of the job. */
export interface PrintTools {
  get(id: string, revision?: number): Promise<Bulletin>
  print: Print
  jobFiles: JobFiles
  stylesheets: readonly string[]
  mediaPath: EditionOptions['mediaPath']
  signal: AbortSignal
  /**
   * Reports the progress of the job. `done` and `total` count bulletins. `current` is the name of the part that is
   * being printed.
   */
  onProgress(done: number, total: number, current: string): void
}

/** The result of a print job. */
export interface PrintOutput {
  files: PrintedFile[]
  /** The number of pages in all parts together. */
  pages: number
  /** The number of sheets of paper. */
  sheets: number
  /** The number of printed bulletins. */
  bulletins: number
}

/**
 * Prints bulletins in parts of {@link maxBulletinsPerPart}. Each part is a file with its own page numbers and contents
 * page. A job that fails or is cancelled leaves no file. Throws `bulletin-not-found`, `revision-not-found` and
 * `cancelled`, and also every error of {@link printPart}.
 */
export async function runPrint(order: PrintOrder, tools: PrintTools): Promise<PrintOutput> {
  const { signal, jobFiles, onProgress } = tools
  const ids = order.isPreview ? order.ids.slice(0, maxPreviewBulletins) : order.ids
  const of = Math.ceil(ids.length / maxBulletinsPerPart)
  const output: PrintOutput = { files: [], pages: 0, sheets: 0, bulletins: 0 }
  try {
    for (let number = 1; number <= of; number++) {
      const part = of === 1 ? null : { number, of }
      const current = part === null ? '' : translate(order.language, 'print.part', part)
      onProgress(output.bulletins, ids.length, current)
      const bulletins: Bulletin[] = []
      for (const id of ids.slice((number - 1) * maxBulletinsPerPart, number * maxBulletinsPerPart)) {
        if (signal.aborted) throw new AppError('cancelled', 'print: cancelled')
        bulletins.push(await tools.get(id, order.revisions?.[id]))
      }
      await runPart(bulletins, part, order, tools, output)
      onProgress(output.bulletins, ids.length, current)
    }
    if (signal.aborted) throw new AppError('cancelled', 'print: cancelled')
    return output
  } catch (thrown) {
    await jobFiles.drop()
    throw thrown
  }
}

async function runPart(
  bulletins: readonly Bulletin[],
  part: EditionOptions['part'],
  { options, language, fileName, turn }: PrintOrder,
  { print, jobFiles, stylesheets, mediaPath }: PrintTools,
  output: PrintOutput,
): Promise<void> {
  const edition = { language, options, stylesheets, mediaPath, part }
  const { files, pages } = await printPart(bulletins, edition, { print, turn })
  const whole = getEditionTitle(bulletins, { ...edition, part: null })
  const name = fillFileNameTemplate(fileName, getNameParts(bulletins, whole))
  const partName = part === null ? name : toFileName(`${name} - ${translate(language, 'print.part', part)}`)
  for (const { bytes, pages: count, side, edition: html } of files) {
    const sideName = side === 'all' ? partName : `${partName} - ${translate(language, `print.${side}`)}`
    const file = await jobFiles.put(`${sideName}.pdf`, bytes, html ?? undefined)
    const edition = html === null ? null : `${file.path.replace(/\.pdf$/, '')}/edition`
    output.files.push({ ...file, pages: count, edition, sheet: getSheet(options) })
  }
  output.pages += pages
  output.sheets += countSheets(pages, options)
  output.bulletins += bulletins.length
}
