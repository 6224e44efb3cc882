/**
 * Matches an abbreviation or a single capital before a dot. A dot after such a word does not end a sentence ("TP. Hồ
 * Chí Minh", "PGS. TS. Lê V. An").
 */
const abbreviated =
  /(?:^|[\s(“"'./])(?:TP|Tp|TX|Tx|TT|Q|P|H|X|GS|PGS|TS|ThS|Ths|Th\.S|BS|Bs|BSCKI{1,2}|CKI{1,2}|DS|KS|KTS|LS|CN|NGND|NGƯT|QL|TL|ĐT|NSND|NSƯT|Mr|Mrs|Ms|Dr|St|No|tr|[A-ZĐ])$/u
const ending = /(?:[.!?:;…]|\.\s?\/\s?\.?)["”’»)\]]*$/u

/** Tells whether a text ends like a sentence or an item of a list. */
export function endsSentence(text: string): boolean {
  return ending.test(text.slice(-8))
}

/**
 * Tells whether a text has at most one sentence. The function checks only the first 1,000 characters, which is enough
 * for captions.
 */
export function isOneSentence(text: string): boolean {
  return findSentenceEnd(text.slice(0, 1000)) === null
}

/**
 * Returns the first sentence of a text, without the spaces around it. A sentence of more than `maxLength` characters is
 * cut at a word and ends with "…". The sign "…" is included in the length.
 */
export function firstSentence(text: string, maxLength: number): string {
  // Eight characters above the limit are read, to find out whether a sentence ends exactly at the limit.
  const beginning = text.trimStart().slice(0, maxLength + 8)
  const end = findSentenceEnd(beginning)
  if (end !== null && end <= maxLength) return beginning.slice(0, end)
  const whole = beginning.trimEnd()
  if (whole.length <= maxLength) return whole
  const cut = beginning.slice(0, maxLength)
  const atWord = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\u00a0'))
  const shortened = atWord > 0 ? cut.slice(0, atWord) : dropHalfCharacter(cut.slice(0, -1))
  return `${shortened.replace(/[\s,;:.–-]{1,20}$/u, '')}…`
}

/**
 * Splits a text into its sentences, in order. Each sentence is a range that includes `from` and excludes `to`. The
 * spaces between sentences belong to no range.
 */
export function splitSentences(text: string): { from: number; to: number }[] {
  const sentences: { from: number; to: number }[] = []
  for (let at = 0; at < text.length;) {
    const from = at + (/^\s*/u.exec(text.slice(at))?.[0].length ?? 0)
    const length = findSentenceEnd(text.slice(from))
    const to = length === null ? text.trimEnd().length : from + length
    if (to > from) sentences.push({ from, to })
    at = length === null ? text.length : to
  }
  return sentences
}

/** Returns the index at which the first sentence ends. Returns null if no other sentence follows. */
function findSentenceEnd(text: string): number | null {
  const stop = /[.!?…]["”’»)]{0,2}(?=\s+["“‘«(]?[\p{Lu}\d])/gu
  for (let match = stop.exec(text); match !== null; match = stop.exec(text))
    if (!match[0].startsWith('.') || !abbreviated.test(text.slice(Math.max(0, match.index - 8), match.index)))
      return match.index + match[0].length
  return null
}

/** Removes a high surrogate at the end of a text, so that no character is cut in two. */
function dropHalfCharacter(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
}
