import { familyParts, type PageFamily } from './families'
import { chromeTexts } from './page-chrome'

const { each, nav, html, details, keep, slug, list } = familyParts
const { others, comments, imprint, advert, menu } = chromeTexts

const blogger: PageFamily = {
  name: 'Blogger',
  wrap: (inner, kind) => (kind === 'paragraph' ? `${inner.replace(/<\/?p>/g, '')}<br /><br />` : inner),
  answers: (items) => each(items, ([question, answer]) => `<b>${question}</b><br />${answer}<br /><br />`),
  page: (article, blocks) =>
    html(
      article,
      `<div id="outer-wrapper"><div id="header-wrapper"><div class="PageList"> ${nav('tabs')}</div></div><div id="content-wrapper"><div id="main-wrapper"><div class="main section" id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed"><div class="post hentry"><h3 class="post-title entry-title">${article.title}</h3><div class="post-header"></div><div class="post-body entry-content" id="post-body-91">${blocks}<div style="clear: both;"></div></div><div class="post-footer"><div class="post-footer-line"><span class="post-labels">Nhãn: <a href="/l" rel="tag">tin xã</a></span></div></div></div><div class="comments" id="comments"><h4>2 nhận xét:</h4>${each(comments, (text) => `<div class="comment-block"><p class="comment-content">${text}</p></div>`)}</div></div><div class="blog-pager" id="blog-pager"><a class="blog-pager-older-link" href="/o">Bài đăng Cũ hơn</a></div></div></div></div><div id="sidebar-wrapper"><div class="widget PopularPosts"><h2>Bài đăng phổ biến</h2><div class="widget-content popular-posts"><ul>${each(others, (other) => `<li><div class="item-title"><a href="${slug(other.title)}">${other.title}</a></div><div class="item-snippet">${other.excerpt}</div></li>`)}</ul></div></div></div></div><div id="footer-wrapper">${imprint.join(' ')}</div></div>`,
    ),
}

const hashed: PageFamily = {
  name: 'hashed classes',
  wrap: (inner, kind, at) =>
    kind === 'paragraph'
      ? inner.replace('<p>', `<p class="pw-post-body-paragraph mx my b${at}">`)
      : `<div class="l ab q">${inner}</div>`,
  answers: (items) =>
    each(items, ([question, answer]) => `<h2 class="nz oa gv">${question}</h2><p class="mx my">${answer}</p>`),
  page: (article, blocks) =>
    html(
      article,
      `<div id="root"><div class="a b c"><div class="d e f"><div class="g"><a class="h" href="/">Trang nhất</a><a class="h" href="/gt">Giới thiệu chung</a></div></div><article><div class="l"><div class="l"><section><div class="fi fj fk"><h1 class="pw-post-title gt gu">${article.title}</h1><div class="speechify-ignore ab cp"><div class="bm">5 phút đọc</div></div>${blocks}</div></section></div></div></article><div class="ab ca"><div class="ch bg"><h2 class="be">Đề xuất cho bạn</h2><div class="nq nr">${each(others, (other) => `<div class="ns nt"><article class="nu"><div class="nv"><a href="${slug(other.title)}"><h2 class="be nw">${other.title}</h2><div class="nx"><h3 class="be ny">${other.excerpt}</h3></div></a></div></article></div>`)}</div></div></div><div class="zz"><div class="yy">${imprint.join(' ')}</div></div></div></div>`,
    ),
}

const amp: PageFamily = {
  name: 'AMP',
  wrap: keep,
  answers: (items) =>
    `<amp-accordion>${each(items, ([question, answer]) => `<section><h4>${question}</h4><div><p>${answer}</p></div></section>`)}</amp-accordion>`,
  figure: (caption) =>
    `<figure class="amp-wp-image"><amp-img src="/a.jpg" width="640" height="400"></amp-img><figcaption>${caption}</figcaption></figure>`,
  page: (article, blocks) =>
    html(
      article,
      `<header id="top" class="amp-wp-header"><a href="/">Xã Nà Phặc</a></header><amp-sidebar id="sidebar" layout="nodisplay">${nav('amp-menu')}</amp-sidebar><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">${article.title}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author">quantri</span></div></header><div class="amp-wp-article-content">${blocks}</div><footer class="amp-wp-article-footer"><div class="amp-wp-meta amp-wp-tax-category">Chuyên mục: <a href="/c" rel="category tag">Tin xã</a></div></footer></article><div class="amp-related-posts"><h3>Đọc thêm</h3>${each(others, (other) => `<div class="related_link"><a href="${slug(other.title)}">${other.title}</a><p>${other.excerpt}</p></div>`)}</div><footer class="amp-wp-footer"><div>${imprint.join('<br>')}</div></footer>`,
    ),
}

const word: PageFamily = {
  name: 'Word export',
  wrap: (inner, kind) =>
    kind === 'paragraph'
      ? inner
          .replace('<p>', '<p class=MsoNormal style="text-align:justify"><span style="font-size:14.0pt">')
          .replace('</p>', '<o:p></o:p></span></p>')
      : inner,
  answers: (items) =>
    each(items, ([question, answer]) => `<p class=MsoNormal><b>${question}</b></p><p class=MsoNormal>${answer}</p>`),
  table: (rows) => `<table class=MsoTableGrid border=1 cellspacing=0>${rows}</table>`,
  page: (article, blocks) =>
    html(
      article,
      `<div class="menungang">${nav('ul-menu')}</div><div class="khung"><h1 class="ten-bai">${article.title}</h1><div class="WordSection1">${blocks}</div></div><div class="cot-phai"><div class="tin-doc-nhieu"><h3>Tin đọc nhiều</h3>${each(others, (other) => `<div class="dong"><a href="${slug(other.title)}">${other.title}</a></div>`)}</div></div><div class="chan-trang">${imprint.join('<br>')}</div>`,
    ),
}

const tailwind: PageFamily = {
  name: 'utility classes',
  wrap: keep,
  answers: (items) =>
    each(
      items,
      ([question, answer], at) =>
        `<div x-data="{open:false}" class="border-b"><button type="button" class="flex w-full justify-between py-4" aria-controls="faq${at}" aria-expanded="false"><span>${question}</span></button><div id="faq${at}" class="hidden pb-4"><p>${answer}</p></div></div>`,
    ),
  section: (name, heading, inner) =>
    `<section id="${name}" class="mt-8"><h2 id="${name}-h" class="text-xl font-bold">${heading}</h2>${inner}</section>`,
  page: (article, blocks) =>
    html(
      article,
      `<div id="__next"><header class="sticky top-0 z-50 bg-white"><nav class="flex gap-4">${each(menu, (item) => `<a class="px-2" href="${slug(item)}">${item}</a>`)}</nav></header><main class="mx-auto max-w-7xl px-4 grid grid-cols-3 gap-8"><div class="col-span-2"><h1 class="text-3xl font-bold">${article.title}</h1><div class="text-sm text-gray-500 hidden md:flex">12/05/2025</div><div class="prose max-w-none mt-6">${blocks}</div><div class="mt-10"><div class="text-lg font-semibold uppercase">Bài viết khác</div><div class="grid grid-cols-2 gap-4">${each(others, (other) => `<a href="${slug(other.title)}" class="group block rounded shadow"><div class="p-3"><div class="font-medium line-clamp-2">${other.title}</div><div class="text-sm line-clamp-3">${other.excerpt}</div></div></a>`)}</div></div></div><div class="col-span-1"><div class="rounded bg-gray-50 p-4"><a href="/qc">${advert}</a></div></div></main><div class="bg-slate-900 text-white"><div class="container">${each(imprint, (line) => `<p>${line}</p>`)}</div></div></div>`,
    ),
}

const wix: PageFamily = {
  name: 'Wix',
  wrap: (inner, kind, at) =>
    `<div id="comp-k${at}" class="comp-k${at} wixui-rich-text" data-testid="richTextElement">${kind === 'paragraph' ? inner.replace('<p>', '<p class="font_8 wixui-rich-text__text"><span class="wixui-rich-text__text">').replace('</p>', '</span></p>') : inner}</div>`,
  answers: (items) =>
    each(
      items,
      ([question, answer]) =>
        `<div data-hook="faq-item"><div data-hook="question">${question}</div><div data-hook="answer" aria-hidden="true"><p>${answer}</p></div></div>`,
    ),
  page: (article, blocks) =>
    html(
      article,
      `<div id="SITE_CONTAINER"><header id="SITE_HEADER"><nav class="wixui-dropdown-menu">${nav('menu-x')}</nav></header><main id="PAGES_CONTAINER"><div id="comp-t" class="wixui-rich-text"><h1 class="font_2">${article.title}</h1></div>${blocks}<div data-hook="recent-posts" class="related-posts"><div>Bài đăng gần đây</div>${each(others, (other) => `<article class="post-list-item"><a href="${slug(other.title)}"><h2>${other.title}</h2></a><div class="description">${other.excerpt}</div></article>`)}</div></main><footer id="SITE_FOOTER"><p>${imprint.join(' ')}</p></footer></div>`,
    ),
}

const magazine: PageFamily = {
  name: 'newspaper',
  wrap: keep,
  answers: details,
  figure: (caption) =>
    `<table class="picture" align="center"><tbody><tr><td class="pic"><img src="/a.jpg" alt=""></td></tr><tr><td class="caption"><p>${caption}</p></td></tr></tbody></table>`,
  page: (article, blocks) =>
    html(
      article,
      `<div class="site-header"><div class="menu-wrap">${nav('menu')}</div></div><div class="site-content"><div class="main-col content-col"><div class="breadcrumb"><a href="/">Trang chủ</a> › <a href="/x">Xã hội</a></div><h1 class="article__title cms-title">${article.title}</h1><div class="article__meta">12/05/2025 08:15</div><div class="article__body cms-body" itemprop="articleBody">${blocks}<div class="article-relate"><a href="${slug(others[0].title)}">${others[0].title}</a></div></div><div class="article__footer"><div class="article__tag"><h3 class="box-heading">#Xã</h3></div></div><div class="wrap-comment"><h3>Ý kiến ()</h3>${each(comments, (text) => `<div class="comment-item">${text}</div>`)}</div><div class="timeline secondary"><h3 class="box-heading">Cùng chuyên mục</h3>${each(others, (other) => `<article class="story"><h2 class="story__heading"><a class="cms-link" href="${slug(other.title)}">${other.title}</a></h2><div class="story__summary"><p>${other.excerpt}</p></div></article>`)}</div></div><div class="sub-col"><div class="banner">${advert}</div>${list(others.map(({ title }) => title))}</div></div><div class="site-footer"><p>${imprint.join('</p><p>')}</p></div>`,
    ),
}

const shop: PageFamily = {
  name: 'Bricks and Oxygen',
  wrap: (inner, _kind, at) =>
    `<div id="div_block-${at}-7" class="ct-div-block"><div id="text_block-${at}-7" class="ct-text-block oxy-stock-content-styles">${inner}</div></div>`,
  answers: (items) =>
    `<div class="brxe-accordion">${each(items, ([question, answer]) => `<div class="accordion-item listening"><div class="accordion-title-wrapper"><h3 class="title">${question}</h3></div><div class="accordion-content-wrapper" aria-hidden="true" style="height:0;overflow:hidden"><p>${answer}</p></div></div>`)}</div>`,
  page: (article, blocks) =>
    html(
      article,
      `<header id="brx-header" class="sticky">${nav('bricks-nav-menu')}</header><main id="brx-content"><section class="brxe-section"><div class="brxe-container"><h1 class="brxe-heading">${article.title}</h1>${blocks}</div></section><section class="brxe-section"><div class="brxe-container"><h2>Tin nổi bật</h2><div class="brxe-posts bricks-layout-wrapper">${each(others, (other) => `<div class="repeater-item bricks-layout-item"><div class="content-wrapper"><h3 class="dynamic"><a href="${slug(other.title)}">${other.title}</a></h3><div class="dynamic"><p>${other.excerpt}</p></div></div></div>`)}</div></div></section></main><footer id="brx-footer"><p>${imprint.join(' ')}</p></footer>`,
    ),
}

/** The families of pages of blogs, newspapers and other sites. */
export const otherFamilies: readonly PageFamily[] = [blogger, hashed, amp, word, tailwind, wix, magazine, shop]
