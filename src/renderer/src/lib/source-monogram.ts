/**
 * Common words at the start of source names. The words keep their tone marks, because "ban" is a kind of office and
 * "Bản" is a name.
 */
const commonWords = new Set(
  'cổng,trang,báo,đài,thông,tin,điện,tử,ttđt,tờ,tạp,chí,tỉnh,thành,phố,tp,huyện,thị,xã,phường,trấn,thôn,sở,ban,bộ,cục,ubnd'.split(
    ',',
  ),
)
const conjunctions = new Set(['và', 'của', 'các'])

/**
 * Returns one or two capitals for a source in a list: BK for "Cổng TTĐT tỉnh Bắc Kạn (cũ)", NN for "Sở NN và MT", VN
 * for "vnexpress.net". The capitals are only a decoration, so two sources may have the same capitals. Returns "" if the
 * name has no letter.
 */
export function monogramOf(name: string): string {
  const words = name
    .normalize('NFC')
    .replace(/\(.*?\)|(ủy|uỷ) ban nhân dân/giu, ' ')
    .replace(/\S+\.\S+/gu, (host) => host.replace(/^www\./u, '').replace(/\..*$/u, ''))
    .match(/\p{L}+/gu)
  if (words === null) return ''
  const first = words.findIndex((word) => !commonWords.has(word.toLocaleLowerCase('vi')))
  const own = words.slice(Math.max(0, first)).filter((word) => !conjunctions.has(word.toLocaleLowerCase('vi')))
  const [one = '', two = ''] = own
  // For an abbreviation or a name of one word, the monogram is the first two letters.
  const isShort = one.length > 1 && one === one.toLocaleUpperCase('vi')
  return toBareCapitals(isShort || two === '' ? one.slice(0, 2) : one.slice(0, 1) + two.slice(0, 1))
}

/**
 * Returns capitals without Vietnamese marks, because the icon has no room for marks. Đ stays Đ, because Đ is a separate
 * letter.
 */
function toBareCapitals(letters: string): string {
  return letters.normalize('NFD').replace(/\p{M}/gu, '').toLocaleUpperCase('vi')
}
