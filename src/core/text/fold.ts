/**
 * Text without marks, in lower case, đ as d ("Bắc Kạn" → "bac kan"): what someone types who has no Vietnamese
 * keyboard. NFD splits a letter from its marks; đ has no decomposition (Unicode), so it is mapped by hand, with Eth
 * (U+00D0, U+00F0), which stands for it in old pages.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase()
}
