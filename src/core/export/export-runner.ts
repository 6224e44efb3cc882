import type { Bulletin } from '../../shared/bulletin'
import type { ExportResult } from '../../shared/contract/results'
import type { CheckedInput } from '../dispatch'
import type { Run } from '../jobs'
import type { Ports } from '../ports'
import type { OutputLimits } from '../guests/output-limits'
import type { GeneratedFiles } from '../outputs/generated-files'
import { readStylesheets } from '../outputs/interface-stylesheets'
import type { SettingsStore } from '../settings/settings'

/** The parts that export jobs need: the library, the style of the interface and the settings. */
export interface ExportRunnerParts {
  ports: Pick<Ports, 'paths' | 'clock'>
  prints: GeneratedFiles
  settings: SettingsStore
  page(path: string): Promise<Response | null>
  get(id: string, revision?: number): Promise<Bulletin>
  readFile(id: string, name: string): Promise<Uint8Array>
}

/** The functions that run export jobs. */
export interface ExportRunner {
  runExport(order: CheckedInput<'startExport'>, run: Run): Promise<ExportResult>
}

/** Creates the functions that run export jobs. */
export function createExportRunner({ ports, prints, settings, page, get, readFile }: ExportRunnerParts): ExportRunner {
  const readStylesheet = async (): Promise<string> => {
    const addresses = await readStylesheets(ports.paths.interface)
    const sheets = await Promise.all(addresses.map(async (address) => (await (await page(address))?.text()) ?? ''))
    return removeLoading(sheets.join('\n'))
  }
  return {
    async runExport({ ids, revisions = {}, format, options }, run) {
      const { runExport } = await import('./export-job')
      const { language, printFileName: fileName } = settings.get()
      return runExport(
        { ids: [...new Set(ids)], revisions, format, options, fileName, language },
        {
          ...{ get, readFile, jobFiles: prints.begin(), now: ports.clock(), ...run },
          stylesheet: format === 'html' ? await readStylesheet() : '',
        },
      )
    },
  }
}

/** Creates a function like `runExport`, which also applies the limits for guests. */
export function limitExporting({ runExport }: ExportRunner, limits: OutputLimits): ExportRunner {
  return { runExport: (order, run) => limits.run(order, run, (limited) => runExport(order, limited)) }
}

/** Removes the rules of a stylesheet that would load fonts or other stylesheets. */
function removeLoading(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/gu, '').replace(/@import[^;]*;/gu, '')
}
