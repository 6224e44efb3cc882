import type { PrintOptions } from '../../../../shared/print/print-options'

/** The content of one print: the bulletins in their order, and the options. */
export interface Edition {
  ids: string[]
  /** The older revisions that are printed, by id. The current revision of the others is printed. */
  revisions: Readonly<Record<string, number>>
  options: PrintOptions
}

/** The address of the edition as a page of the host. Its button opens the browser's own print dialog. */
export function editionAddress({ ids, revisions, options }: Edition): string {
  const bytes = new TextEncoder().encode(JSON.stringify(options))
  const text = btoa(String.fromCharCode(...bytes))
  const named = ids.map((id) => (revisions[id] === undefined ? id : `${id}@${revisions[id]}`))
  return `/print/${named.join(',')}/${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}
