/**
 * The paths of feeds in public lists of feeds, by host. The feeds were not tested, so a discovery ignores a feed that
 * fails.
 */
const feedsByHost: Readonly<Record<string, readonly string[]>> = {
  'mst.gov.vn': ['/rss/tin-tuc-su-kien.rss', '/rss/chuyen-doi-so.rss'],
  'congbao.chinhphu.vn': ['/cac-van-ban-moi-ban-hanh.rss', '/cac-so-cong-bao-moi-dang.rss'],
  'mpi.gov.vn': ['/Pages/rss.aspx'],
  'moet.gov.vn': ['/rss/Pages/index.aspx?ItemID=54', '/rss/Pages/index.aspx?ItemID=56'],
  'monre.gov.vn': ['/rss/tintuc.aspx'],
  'nchmf.gov.vn': ['/rss/bao-canh-bao.xml'],
  'nso.gov.vn': ['/feed/'],
  'vncert.gov.vn': ['/feed/'],
  'haiquang.ninhbinh.gov.vn': ['/rss.aspx'],
  'vinhlong.gov.vn': ['/rss/tintuc.rss'],
  'baochinhphu.vn': ['/rss/home.rss', '/Rss/xa-hoi.rss'],
}

/** Returns the addresses of the known feeds on the host of `address`. The host may begin with `www.`. */
export function listKnownFeeds(address: string): string[] {
  const { hostname } = new URL(address)
  const paths = feedsByHost[hostname.replace(/^www\./, '')] ?? []
  return paths.map((path) => new URL(path, address).href)
}
