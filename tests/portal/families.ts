import { dayFirst, type PortalBulletin, type Section, sections } from './bulletins.ts'

/**
 * A family of portals: functions that build the addresses and the pages. The texts of the bulletins contain no markup.
 */
export interface Family {
  name: FamilyName
  title: string
  articlePath(bulletin: PortalBulletin): string
  /** Returns the path of a page of a section. The first page has the number 1. */
  listingPath(section: Section, page: number): string
  article(bulletin: PortalBulletin): string
  listing(bulletins: readonly PortalBulletin[], pager: string): string
  pageSize: number
  /** Returns the links to the other pages of a list. */
  pager(section: Section, page: number, pages: number): string
  /**
   * `linked` if the pages of the portal link a feed, `common-address` if the feed is only at a usual address, `none` if
   * there is no feed.
   */
  feeds: 'none' | 'common-address' | 'linked'
  /** `plain` if the portal has one sitemap, `index` if it has an index of sitemaps, `none` if it has no sitemap. */
  sitemap: 'none' | 'plain' | 'index'
}

/** The families of portals, modelled on saved pages of real portals. */
export const familyNames = ['sharepoint', 'liferay', 'nukeviet', 'vccorp'] as const
/** One entry of {@link familyNames}. */
export type FamilyName = (typeof familyNames)[number]

const picturePath = ({ number }: PortalBulletin): string => `/anh/${number}.png`
const filePath = ({ number }: PortalBulletin): string => `/tep/van-ban-${number}.pdf`

function paragraphsOf({ paragraphs }: PortalBulletin, open = '<p>'): string {
  return paragraphs.map((text) => `${open}${text}</p>`).join('\n')
}

function fileLink(bulletin: PortalBulletin): string {
  return bulletin.hasFile
    ? `<p>Tệp đính kèm: <a href="${filePath(bulletin)}">Văn bản ${bulletin.number}.pdf</a></p>`
    : ''
}

function numbers(page: number, pages: number, path: (page: number) => string): string {
  return Array.from({ length: pages }, (_none, at) => at + 1)
    .map((n) => (n === page ? `<span>${n}</span>` : `<a href="${path(n)}">${n}</a>`))
    .join(' ')
}

const sharepoint: Family = {
  name: 'sharepoint',
  title: 'Cổng thông tin điện tử tỉnh Sơn Khê',
  articlePath: ({ section, number }) => `/Pages/${section.slug}.aspx?ItemID=${number}`,
  listingPath: ({ slug }, page) => `/Pages/${slug}.aspx${page === 1 ? '' : `?PageIndex=${page}`}`,
  pageSize: 15,
  feeds: 'none',
  sitemap: 'none',
  article: (bulletin) => `<div class="toolbar"><span>PublishingPortal - Block_BanTin_Toolbar</span>
    <span id="ctl00_g_5f1c_pnHide">${dayFirst(bulletin)}</span> <a href="#">Tăng cỡ chữ</a> <a href="#">Giảm cỡ chữ</a></div>
    <div id="divArticleDescription3"><span>PublishingPortal - Block_BanTin_ViewData</span><h1>${bulletin.title}</h1></div>
    <div id="divArticleDescription1"><b>${bulletin.summary}</b></div>
    <div id="divArticleDescription2">${
      bulletin.hasPicture
        ? `<table><tr><td><img src="${picturePath(bulletin)}" alt=""></td></tr><tr><td>Ảnh: quang cảnh hội nghị</td></tr></table>`
        : ''
    }${paragraphsOf(bulletin, '<p class="MsoNormal">')}<p>./.</p><p align="right"><b>${bulletin.author}</b></p>${fileLink(bulletin)}</div>`,
  listing: (bulletins, pager) =>
    `${bulletins
      .map(
        (bulletin) =>
          `<table class="news-row"><tr><td><a href="${sharepoint.articlePath(bulletin)}">${bulletin.title}</a> <i>(${dayFirst(bulletin)})</i><div>${bulletin.summary}</div></td></tr></table>`,
      )
      .join('\n')}<div class="phan-trang">${pager}</div>`,
  pager: (section, page, pages) => numbers(page, pages, (n) => sharepoint.listingPath(section, n)),
}

const liferay: Family = {
  name: 'liferay',
  title: 'Sở Thông tin tỉnh Sơn Khê',
  articlePath: ({ section, number }) => `/${section.slug}/-/view_content/${40_000 + number}-bai-so-${number}.html`,
  listingPath: ({ slug }, page) =>
    `/${slug}${page === 1 ? '' : `?p_p_id=101_INSTANCE_tin&_101_INSTANCE_tin_cur=${page}`}`,
  pageSize: 10,
  feeds: 'linked',
  sitemap: 'plain',
  article: (bulletin) => `<h1 class="portlet-title">${bulletin.title}</h1><div class="metadata-publish-date">Ngày đăng
    ${dayFirst(bulletin)} | ${bulletin.time}</div><div class="journal-content-article"><p><strong>${bulletin.summary}</strong></p>
    ${bulletin.hasPicture ? `<p><img src="${picturePath(bulletin)}" alt="Quang cảnh"></p>` : ''}${paragraphsOf(bulletin)}
    <p>${bulletin.author}</p>${fileLink(bulletin)}</div>`,
  listing: (bulletins, pager) =>
    `${bulletins
      .map(
        (bulletin) =>
          `<div class="asset-abstract"><h3 class="asset-title"><a href="${liferay.articlePath(bulletin)}">${bulletin.title}</a></h3>
           <div class="assetPublishDate">Ngày đăng ${dayFirst(bulletin)} | ${bulletin.time} | View count: 15${bulletin.number}</div>
           <div class="asset-summary">${bulletin.summary}./.</div></div>`,
      )
      .join('\n')}<div class="taglib-page-iterator"><ul class="pager">${pager}</ul></div>`,
  pager: (section, page, pages) =>
    page < pages ? `<li><a href="${liferay.listingPath(section, page + 1)}">Tiếp theo</a></li>` : '<li>Tiếp theo</li>',
}

const nukeviet: Family = {
  name: 'nukeviet',
  title: 'Trang thông tin điện tử huyện Nà Lang',
  articlePath: ({ section, number }) => `/${section.slug}/bai-viet-${number}.html`,
  listingPath: ({ slug }, page) => `/${slug}/${page === 1 ? '' : `page-${page}/`}`,
  pageSize: 20,
  feeds: 'common-address',
  sitemap: 'plain',
  article: (bulletin) => `<div class="news_column"><h1 class="title" itemprop="headline">${bulletin.title}</h1>
    <span class="hidden" itemprop="datePublished">${bulletin.date}T${bulletin.time}:00+07:00</span>
    <div class="hometext" itemprop="description">${bulletin.summary}</div><div id="news-bodyhtml" class="bodytext">
    ${bulletin.hasPicture ? `<figure><img src="${picturePath(bulletin)}"><figcaption>Quang cảnh buổi lễ</figcaption></figure>` : ''}
    ${paragraphsOf(bulletin)}${fileLink(bulletin)}</div><p>Tác giả: ${bulletin.author}</p></div>`,
  listing: (bulletins, pager) =>
    `${bulletins
      .map(
        (bulletin) =>
          `<div class="news_item"><h3><a href="${nukeviet.articlePath(bulletin)}">${bulletin.title}</a></h3>
           <div class="text-muted"><em>${dayFirst(bulletin)} ${bulletin.time}</em></div><p>${bulletin.summary}</p></div>`,
      )
      .join('\n')}<ul class="pagination">${pager}</ul>`,
  pager: (section, page, pages) =>
    `${numbers(page, pages, (n) => nukeviet.listingPath(section, n))}${page < pages ? `<a rel="next" href="${nukeviet.listingPath(section, page + 1)}">»</a>` : ''}`,
}

const vccorp: Family = {
  name: 'vccorp',
  title: 'Báo điện tử Sơn Khê',
  articlePath: ({ number, date, time }) =>
    `/bai-viet-so-${number}-1022${date.replace(/\D/g, '')}${time.replace(':', '')}.htm`,
  listingPath: ({ slug }, page) => `/${slug}${page === 1 ? '' : `/trang-${page}`}.htm`,
  pageSize: 12,
  feeds: 'linked',
  sitemap: 'index',
  article: (bulletin) => `<h1 class="detail-title" data-role="title">${bulletin.title}</h1>
    <div data-role="publishdate">${dayFirst(bulletin)} ${bulletin.time} GMT+7</div><h2 data-role="sapo">${bulletin.summary}</h2>
    <div class="detail-content afcbc-body" data-role="content">${
      bulletin.hasPicture
        ? `<figure class="VCSortableInPreviewMode"><img data-original="${picturePath(bulletin)}" src="${picturePath(bulletin)}"><figcaption>Quang cảnh phiên họp</figcaption></figure>`
        : ''
    }${paragraphsOf(bulletin)}<p>${bulletin.author}</p>${fileLink(bulletin)}</div>`,
  listing: (bulletins, pager) =>
    `<div class="box-stream">${bulletins
      .map(
        (bulletin) =>
          `<div class="box-stream-item"><a class="box-avatar" href="${vccorp.articlePath(bulletin)}"><img src="${picturePath(bulletin)}"></a>
           <h2><a href="${vccorp.articlePath(bulletin)}">${bulletin.title}</a></h2><a class="category" href="${vccorp.listingPath(bulletin.section, 1)}">${bulletin.section.name}</a>
           <span class="time" title="${bulletin.date}T${bulletin.time}:00">mới đây</span><p>${bulletin.summary}</p></div>`,
      )
      .join('\n')}</div><div class="pages">${pager}</div>`,
  pager: (section, page, pages) =>
    page < pages ? `<a href="${vccorp.listingPath(section, page + 1)}">Xem thêm</a>` : '',
}

/** The families by name. */
export const families: Readonly<Record<FamilyName, Family>> = { sharepoint, liferay, nukeviet, vccorp }

/** Returns a complete page of a family: `content` with the head, menu and footer of the family. */
export function wholePage({ title }: Family, pageTitle: string, content: string, head: string, menu: string): string {
  const bottom = 'Cổng thử của Bản Tin: mọi bài ở đây đều do máy đặt ra.'
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${pageTitle} - ${title}</title>${head}</head>
<body><div id="header"><a href="/">${title}</a></div><nav class="main-menu"><ul>${menu}</ul></nav>
<div class="main-content">${content}</div><div id="footer"><a href="/lien-he">Liên hệ</a> ${bottom}</div></body></html>`
}

/** Returns the entries of the menu: all sections, and pages that are not sections. */
export function menuOf(family: Family): string {
  const items = sections.map((section) => `<li><a href="${family.listingPath(section, 1)}">${section.name}</a></li>`)
  return `<li><a href="/">Trang chủ</a></li>${items.join('')}<li><a href="/gioi-thieu">Giới thiệu</a></li><li><a href="/lien-he">Liên hệ</a></li>`
}
