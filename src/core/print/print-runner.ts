import type { PrintResult } from '../../shared/contract/api'
import type { Bulletin } from '../../shared/bulletin'
import { editionPolicy } from '../content-security'
import type { CheckedInput } from '../dispatch'
import type { Run } from '../jobs'
import type { Ports, PrintEngine } from '../ports'
import type { OutputLimits } from '../guests/output-limits'
import type { GeneratedFiles } from '../outputs/generated-files'
import { readStylesheets } from '../outputs/interface-stylesheets'
import type { SettingsStore } from '../settings/settings'

/** The parts that print jobs need: the library, the print engine of the host and the settings. */
export interface PrintRunnerParts {
  ports: Pick<Ports, 'openPrintEngine' | 'paths'>
  prints: GeneratedFiles
  settings: SettingsStore
  page(path: string): Promise<Response | null>
  get(id: string, revision?: number): Promise<Bulletin>
  mediaPath(id: string, file: string): string
}

/** The functions that run print jobs. */
export interface PrintRunner {
  runPrint(order: CheckedInput<'startPrint'>, run: Run): Promise<PrintResult>
  runTurnTest(run: Run): Promise<PrintResult>
}

/**
 * The time in ms for which an idle print engine stays open. The engine stays open because previews often follow each
 * other within seconds.
 */
const idleMs = 20_000

/**
 * Creates the functions that run print jobs. The first job starts the print engine. Later jobs use the same engine
 * until the engine has been idle for {@link idleMs}.
 */
export function createPrintRunner(parts: PrintRunnerParts): PrintRunner & { closePrinting(): Promise<void> } {
  const { prints, settings, page, get, mediaPath } = parts
  const { interface: interfaceFolder } = parts.ports.paths
  const engines = createSharedEngine(() => parts.ports.openPrintEngine(page))
  return {
    async runPrint(order, { signal, onProgress }) {
      const { runPrint } = await import('./print-job')
      const { language, printFileName: fileName, printTurn: turn } = settings.get()
      const stylesheets = await readStylesheets(interfaceFolder)
      return engines.use((engine) =>
        runPrint(
          { ...order, fileName, language, turn },
          {
            ...{ get, stylesheets, mediaPath, signal, onProgress, jobFiles: prints.begin() },
            print: (html) => engine.print(html, editionPolicy(html), signal),
          },
        ),
      )
    },
    async runTurnTest({ signal }) {
      const { createDuplexTest } = await import('./duplex-test')
      const stylesheets = await readStylesheets(interfaceFolder)
      const { language } = settings.get()
      const jobFiles = prints.begin()
      return engines.use(async (engine) => {
        const files: PrintResult['files'] = []
        for (const side of ['front', 'back'] as const) {
          const { html, name, pages } = createDuplexTest(side, language, stylesheets)
          const file = await jobFiles.put(name, await engine.print(html, editionPolicy(html), signal), html)
          const edition = `${file.path.replace(/\.pdf$/, '')}/edition`
          files.push({ ...file, pages, edition, sheet: { widthMm: 210, heightMm: 297, duplex: 'simplex' } })
        }
        return { files, pages: 4, sheets: 2, bulletins: 0 }
      })
    },
    closePrinting: () => engines.close(),
  }
}

/** Creates functions like `runPrint` and `runTurnTest`, which also apply the limits for guests. */
export function limitPrinting({ runPrint, runTurnTest }: PrintRunner, limits: OutputLimits): PrintRunner {
  return {
    runPrint: (order, run) => limits.run(order, run, (limited) => runPrint(order, limited)),
    runTurnTest: (run) => limits.run({ ids: [] }, run, runTurnTest),
  }
}

/**
 * Shares one print engine among all jobs. The engine closes when the program ends, or after an idle time of {@link
 * idleMs}.
 */
function createSharedEngine(open: () => Promise<PrintEngine>): {
  use<T>(work: (engine: PrintEngine) => Promise<T>): Promise<T>
  close(): Promise<void>
} {
  let opened: Promise<PrintEngine> | null = null
  let users = 0
  let timer: NodeJS.Timeout | undefined
  const close = async (): Promise<void> => {
    clearTimeout(timer)
    const engine = opened
    opened = null
    // The error of an engine that failed to open is ignored: such an engine need not be closed, and the job that
    // requested it has received the error.
    await (await engine?.catch(() => null))?.close()
  }
  return {
    async use(work) {
      clearTimeout(timer)
      users += 1
      const own = (opened ??= open())
      try {
        return await work(await own)
      } catch (thrown) {
        // After a failure, the engine is closed, and the next job opens a new one, because the engine may be the cause
        // of the failure.
        if (opened === own && users === 1) await close()
        throw thrown
      } finally {
        users -= 1
        if (users === 0 && opened !== null) timer = setTimeout(() => void close(), idleMs).unref()
      }
    },
    close,
  }
}
