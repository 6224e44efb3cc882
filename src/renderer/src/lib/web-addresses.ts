/** The maximum number of links that are taken from one paste or drop. */
const maxLinks = 200

/**
 * Finds the web addresses in a text. Each address is returned once, in order, without the punctuation that follows the
 * address.
 */
function findAddresses(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"'“”]+/gi) ?? []
  return [...new Set(found.map((address) => address.replace(/[.,;:!?)\]}]+$/, '')))].slice(0, maxLinks)
}

/** Reads the addresses that the user typed. The addresses may lack http, and spaces or line ends separate them. */
export function parseAddresses(text: string): string[] {
  const words = text.split(/[\s<>"'“”]+/).map((word) => word.replace(/[,;]+$/, ''))
  return [
    ...new Set(words.filter((word) => /^https?:\/\/\S/i.test(word) || /^[^\s/@]+\.[^\s/@.]{2,}/.test(word))),
  ].slice(0, maxLinks)
}

/** Returns the web addresses of a paste or a drop. */
export function readDroppedLinks(transfer: DataTransfer): string[] {
  const list = transfer.getData('text/uri-list').replace(/^#.*$/gm, '')
  return findAddresses(list.trim() === '' ? transfer.getData('text/plain') : list)
}
