/** Common words at the start of source names. They keep their marks: "ban" is a kind, "Bản" is a name. */
const commonWords = new Set(
  'cổng,trang,báo,đài,thông,tin,điện,tử,ttđt,tờ,tạp,chí,tỉnh,thành,phố,tp,huyện,thị,xã,phường,trấn,thôn,sở,ban,bộ,cục,ubnd'.split(
    ',',
  ),
)
const conjunctions = new Set(['và', 'của', 'các'])

/**
 * One or two capitals for a source in a list: BK for "Cổng TTĐT tỉnh Bắc Kạn (cũ)", NN for "Sở NN và MT", VN for
 * "vnexpress.net". A decoration only, so two sources may have the same. Returns "" if the name has no letter.
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
  // An abbreviation, or a name of one word, gives its first two letters.
  const isShort = one.length > 1 && one === one.toLocaleUpperCase('vi')
  return toBareCapitals(isShort || two === '' ? one.slice(0, 2) : one.slice(0, 1) + two.slice(0, 1))
}

/** Capitals without marks, which have no room at this size. Đ stays: it is a letter of its own. */
function toBareCapitals(letters: string): string {
  return letters.normalize('NFD').replace(/\p{M}/gu, '').toLocaleUpperCase('vi')
}
