/** What every second source is called; its own name comes after. With their marks: "ban" is none of "Bản". */
const kinds = new Set(
  'cổng,trang,báo,đài,thông,tin,điện,tử,ttđt,tờ,tạp,chí,tỉnh,thành,phố,tp,huyện,thị,xã,phường,trấn,thôn,sở,ban,bộ,cục,ubnd'.split(
    ',',
  ),
)
const joints = new Set(['và', 'của', 'các'])

/**
 * One or two capitals that stand for a source in a list (LOOK, Type): "Cổng TTĐT tỉnh Bắc Kạn (cũ)" is BK, "Sở NN và MT"
 * NN, "vnexpress.net" VN. A decoration: two sources may have the same. "" where the name has no letter.
 */
export function monogramOf(name: string): string {
  const words = name
    .normalize('NFC')
    .replace(/\(.*?\)|(ủy|uỷ) ban nhân dân/giu, ' ')
    .replace(/\S+\.\S+/gu, (host) => host.replace(/^www\./u, '').replace(/\..*$/u, ''))
    .match(/\p{L}+/gu)
  if (words === null) return ''
  const first = words.findIndex((word) => !kinds.has(word.toLocaleLowerCase('vi')))
  const own = words.slice(Math.max(0, first)).filter((word) => !joints.has(word.toLocaleLowerCase('vi')))
  const [one = '', two = ''] = own
  // An abbreviation, or a word that stands alone, gives its own letters.
  const isShort = one.length > 1 && one === one.toLocaleUpperCase('vi')
  return bare(isShort || two === '' ? one.slice(0, 2) : one.slice(0, 1) + two.slice(0, 1))
}

/** In capitals without the marks that have no room at this size; Đ is a letter of its own. */
function bare(letters: string): string {
  return letters.normalize('NFD').replace(/\p{M}/gu, '').toLocaleUpperCase('vi')
}
