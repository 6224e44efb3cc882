import type { PrintOptions } from '../../../../shared/print/print-options'

/** The content of one print job: the bulletins in printing order, and the options. */
export interface Edition {
  ids: string[]
  /**
   * The numbers of the older revisions to print, by bulletin id. Bulletins without an entry are printed in their
   * current revision.
   */
  revisions: Readonly<Record<string, number>>
  options: PrintOptions
}

/**
 * Returns the address of the edition as a page of the host. A button on that page opens the browser's own print dialog.
 */
export function editionAddress({ ids, revisions, options }: Edition): string {
  const bytes = new TextEncoder().encode(JSON.stringify(options))
  const text = btoa(String.fromCharCode(...bytes))
  const named = ids.map((id) => (revisions[id] === undefined ? id : `${id}@${revisions[id]}`))
  return `/print/${named.join(',')}/${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}
