/** Most links one paste or drop may hold. */
const maxLinks = 200

/** The web addresses in a text, each once, in order; what surrounds them in a sentence is left out. */
export function addressesIn(text: string): string[] {
  const found = text.match(/https?:\/\/[^\s<>"'“”]+/gi) ?? []
  return [...new Set(found.map((address) => address.replace(/[.,;:!?)\]}]+$/, '')))].slice(0, maxLinks)
}

/** What a reader wrote into the field: addresses, with or without http, one a line or parted by blanks. */
export function parseAddresses(text: string): string[] {
  const words = text.split(/[\s<>"'“”]+/).map((word) => word.replace(/[,;]+$/, ''))
  return [
    ...new Set(words.filter((word) => /^https?:\/\/\S/i.test(word) || /^[^\s/@]+\.[^\s/@.]{2,}/.test(word))),
  ].slice(0, maxLinks)
}

/** The web addresses of a paste or drop. */
export function readDroppedLinks(transfer: DataTransfer): string[] {
  const list = transfer.getData('text/uri-list').replace(/^#.*$/gm, '')
  return addressesIn(list.trim() === '' ? transfer.getData('text/plain') : list)
}
