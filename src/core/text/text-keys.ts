import { documentNumberKey, findDocumentNumbers } from '../../shared/text/document-numbers'
import { getTextKeys, type WordKeys } from '../../shared/text/word-keys'
import { endLongTurn } from '../threads/event-loop'

/** The words of the fields of a text as the index stores them. */
export interface TextKeys {
  /** The keys of the words of each field. */
  fields: readonly WordKeys[]
  /** The keys of the document numbers in the text. */
  numbers: readonly string[]
}

/** Finding the words of this many characters takes a few milliseconds. */
const pieceLength = 64 * 1024

/** Finds the words of these fields. */
export function findTextKeys(fields: readonly string[]): TextKeys {
  return { fields: fields.map(getTextKeys), numbers: findNumberKeys(fields) }
}

/** Finds the words of long fields in pieces, between which other work of this thread can run. */
export async function findLongTextKeys(texts: readonly string[]): Promise<TextKeys> {
  const fields: WordKeys[] = []
  for (const field of texts) {
    const keys: WordKeys = { folded: '', exact: '' }
    for (const piece of splitAtSpaces(field)) {
      const { folded, exact } = getTextKeys(piece)
      keys.folded += folded
      keys.exact += exact
      await endLongTurn()
    }
    fields.push(keys)
  }
  return { fields, numbers: findNumberKeys(texts) }
}

/** Whether {@link findTextKeys} would keep the thread from other work. */
export function isLongText(fields: readonly string[]): boolean {
  return fields.some(({ length }) => length > pieceLength)
}

/** Splits a text into pieces that end at white space, so that no word is cut. */
function* splitAtSpaces(text: string): Generator<string> {
  const space = /\s/gu
  for (let start = 0; start < text.length;) {
    space.lastIndex = start + pieceLength
    const end = space.exec(text)?.index ?? text.length
    yield text.slice(start, end)
    start = end
  }
}

function findNumberKeys(fields: readonly string[]): string[] {
  return fields.flatMap((text) => findDocumentNumbers(text).map(({ number }) => documentNumberKey(number)))
}
