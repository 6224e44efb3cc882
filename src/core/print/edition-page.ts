import type { Bulletin } from '../../shared/bulletin'
import type { PrintOptions } from '../../shared/print/print-options'
import type { Ports } from '../ports'
import { readStylesheets } from '../outputs/interface-stylesheets'
import type { SettingsStore } from '../settings/settings'

/** The dependencies of {@link createEditionPage}. */
export interface EditionPageParts {
  ports: Pick<Ports, 'host' | 'paths'>
  settings: Pick<SettingsStore, 'get'>
  get(id: string, revision?: number): Promise<Bulletin>
  mediaPath(id: string, file: string): string
}

/**
 * A function that renders some bulletins as one printable HTML page. Throws `bulletin-not-found` and
 * `revision-not-found`.
 */
export type EditionPage = (
  ids: readonly string[],
  options: PrintOptions | null,
  revisions: Readonly<Record<string, number>>,
) => Promise<string>

/** Creates the function that renders printable pages. In the web version, these pages have a print button. */
export function createEditionPage({ ports, settings, get, mediaPath }: EditionPageParts): EditionPage {
  return async (ids, options, revisions) => {
    const bulletins: Bulletin[] = []
    for (const id of ids) bulletins.push(await get(id, revisions[id]))
    const { createEdition, plainOptions } = await import('./edition')
    return createEdition(bulletins, {
      language: settings.get().language,
      options: options ?? plainOptions,
      stylesheets: await readStylesheets(ports.paths.interface),
      mediaPath,
      printButton: ports.host.kind === 'web',
      firstPages: null,
      part: null,
    })
  }
}
