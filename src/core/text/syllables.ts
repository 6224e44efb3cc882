import { foldWord } from '../../shared/text/word-keys'
import { isCommon } from './common-syllables'

/**
 * The possible syllables of Vietnamese are a closed set of onset × rime × tone (docs/text.md). The set in this file is
 * larger than the real set. The set combines every onset with every rime, and includes names from other languages of
 * Vietnam (Kạn, Lắk).
 */
const onsets = ' b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')
const rimes =
  'a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êng êp êt êu êc i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt uêu ui um un ung up uơ uôc uôi uôm uôn uông uôt uôn ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ych yn ynh yt yu yp'.split(
    ' ',
  )

const stopEnding = /(?:ch|[ptck])$/
const maxSyllableLength = 7
/** Maps a letter with a tone to a pair of the letter without the tone and the tone. */
const tones = new Map<string, readonly [letter: string, tone: string]>()
let bases: ReadonlySet<string> | null = null

/**
 * Tells whether a word can be a Vietnamese syllable, with either placement of the tone. The word must be in lower case
 * and NFC.
 */
export function isSyllable(word: string): boolean {
  if (word.length > maxSyllableLength) return false
  bases ??= createBases()
  let base = ''
  let tone = ''
  for (const character of word) {
    const known = tones.get(character)
    if (known === undefined) base += character
    else if (tone !== '') return false
    else [base, tone] = [base + known[0], known[1]]
  }
  // A syllable that ends in a stop has the tone sắc or nặng.
  if (stopEnding.test(base) && tone !== '\u0301' && tone !== '\u0323') return false
  return bases.has(base)
}

let bareBases: ReadonlySet<string> | null = null

/** Tells whether a word without marks is a Vietnamese syllable whose marks were left out: "duong", "nguoi". */
export function isBareSyllable(word: string): boolean {
  bareBases ??= new Set([...(bases ??= createBases())].map(foldWord))
  return bareBases.has(word)
}

function createBases(): Set<string> {
  for (const letter of 'aăâeêioôơuưy')
    for (const tone of '\u0300\u0301\u0303\u0309\u0323') tones.set((letter + tone).normalize('NFC'), [letter, tone])
  const all = new Set(onsets.flatMap((onset) => rimes.map((rime) => onset + rime)))
  all.add('gi')
  return all
}

/**
 * Matches a word. Signs between the letters belong to the word, because these signs are letters in another encoding
 * (n¶i, c«ng). Dashes and apostrophes are excluded, because they stand between letters in any text.
 */
const wordPattern = /[\p{L}\p{M}]+(?:[\u0001-\u0008\u000e-\u001f\u0080-\u009f¡-¿×÷€‚ƒ„†‡ˆ‰‹‘“”•˜™›]+[\p{L}\p{M}]+)*/gu

/** The counts of the words in a text. */
export interface WordCount {
  /** The number of words that have a vowel. */
  words: number
  /** The number of words that are Vietnamese syllables. */
  known: number
  /** The number of Vietnamese syllables that have marks. */
  marked: number
  /** The number of syllables with marks that are among the most common syllables. */
  common: number
}

/**
 * Counts the words of a text in NFC. Abbreviations without a vowel (UBND) give no evidence, so they are not counted.
 */
export function countWords(text: string): WordCount {
  const count = { words: 0, known: 0, marked: 0, common: 0 }
  for (const [word] of text.matchAll(wordPattern)) {
    const small = word.toLowerCase()
    if (/^[bcdfghjklmnpqrstvwxz]+$/.test(small)) continue
    count.words += 1
    // A capital with marks after a small letter does not occur in words. A small letter with marks among capitals is
    // allowed, because TCVN3 has no capitals with tones.
    if (/\p{Ll}(?![A-Z])\p{Lu}/u.test(word)) continue
    if (!isSyllable(small)) continue
    count.known += 1
    if (!/[^a-z]/.test(small)) continue
    count.marked += 1
    if (isCommon(small)) count.common += 1
  }
  return count
}
