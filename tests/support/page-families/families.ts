import type { Article, ArticleBlock } from './article-kinds'
import { chromeTexts } from './page-chrome'

/** The markup of one family of pages: the HTML of each block of an article, and the page around the article. */
export interface PageFamily {
  name: string
  /** Wraps the HTML of one block of the article. `at` is the index of the block. */
  wrap: (html: string, kind: ArticleBlock['kind'], at: number) => string
  /** Returns the HTML of questions with hidden answers. */
  answers: (items: readonly (readonly [string, string])[]) => string
  /** Returns the whole page. `blocks` is the HTML of the article's blocks. */
  page: (article: Article, blocks: string) => string
  table?: (rows: string) => string
  section?: (name: string, heading: string, inner: string) => string
  figure?: (caption: string) => string
}

type Items = readonly (readonly [string, string])[]
const { menu, others, comments, imprint, advert } = chromeTexts
const slug = (text: string): string => `/bai/${text.length}-${text.slice(0, 3).toLowerCase().replace(/\W/g, 'x')}`
const each = <T>(items: readonly T[], render: (item: T, at: number) => string): string => items.map(render).join('\n')
const list = (items: readonly string[], names = ''): string =>
  `<ul${names === '' ? '' : ` class="${names}"`}>${each(items, (item) => `<li><a href="${slug(item)}">${item}</a></li>`)}</ul>`
const nav = (names: string): string => list(menu, names)
const head = ({ title, summary }: Article, site = 'Xã Nà Phặc'): string =>
  `<head><meta charset="utf-8"><title>${title} - ${site}</title><meta name="description" content="${summary}"></head>`
const html = (article: Article, body: string): string =>
  `<!DOCTYPE html><html lang="vi">${head(article)}<body>${body}</body></html>`
const details = (items: Items): string =>
  each(items, ([question, answer]) => `<details><summary>${question}</summary><p>${answer}</p></details>`)
const keep = (inner: string): string => inner

const elementor: PageFamily = {
  name: 'Elementor',
  wrap: (inner, kind, at) =>
    `<div class="elementor-element elementor-element-a${at}f elementor-widget elementor-widget-${kind === 'heading' ? 'heading' : 'text-editor'}" data-element_type="widget"><div class="elementor-widget-container">${inner}</div></div>`,
  answers: (items) =>
    `<div class="elementor-accordion">${each(items, ([question, answer], at) => `<div class="elementor-accordion-item"><div id="elementor-tab-title-${at}" class="elementor-tab-title" role="button"><a class="elementor-accordion-title">${question}</a></div><div id="elementor-tab-content-${at}" class="elementor-tab-content elementor-clearfix" role="region" style="display:none"><p>${answer}</p></div></div>`)}</div>`,
  page: (article, blocks) =>
    html(
      article,
      `<header class="elementor elementor-location-header"><div class="elementor-widget elementor-widget-nav-menu">${nav('elementor-nav-menu')}</div></header>
<div data-elementor-type="single-post" class="elementor elementor-location-single post"><section class="elementor-section elementor-top-section"><div class="elementor-container"><div class="elementor-column elementor-col-66"><div class="elementor-widget-wrap elementor-element-populated">
<div class="elementor-element elementor-widget elementor-widget-theme-post-title"><div class="elementor-widget-container"><h1 class="elementor-heading-title">${article.title}</h1></div></div>
${blocks}
<div class="elementor-element elementor-widget elementor-widget-share-buttons"><div class="elementor-widget-container"><div class="elementor-share-btn">Facebook</div><div class="elementor-share-btn">Zalo</div></div></div>
<div class="elementor-element elementor-widget elementor-widget-posts"><div class="elementor-widget-container"><div class="elementor-posts-container elementor-posts">${each(others, (other) => `<article class="elementor-post elementor-grid-item"><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="${slug(other.title)}">${other.title}</a></h3><div class="elementor-post__excerpt"><p>${other.excerpt}</p></div><a class="elementor-post__read-more" href="${slug(other.title)}">Xem thêm »</a></div></article>`)}</div></div></div>
</div></div><div class="elementor-column elementor-col-33"><div class="elementor-widget-wrap"><div class="elementor-widget elementor-widget-image"><a href="/qc">${advert}</a></div></div></div></div></section></div>
<footer class="elementor elementor-location-footer"><div class="elementor-widget elementor-widget-text-editor">${each(imprint, (line) => `<p>${line}</p>`)}</div></footer>`,
    ),
}

const divi: PageFamily = {
  name: 'Divi',
  wrap: (inner, _kind, at) =>
    `<div class="et_pb_module et_pb_text et_pb_text_${at} et_pb_bg_layout_light"><div class="et_pb_text_inner">${inner}</div></div>`,
  answers: (items) =>
    `<div class="et_pb_module et_pb_accordion">${each(items, ([question, answer]) => `<div class="et_pb_toggle et_pb_module et_pb_accordion_item et_pb_toggle_close"><h5 class="et_pb_toggle_title">${question}</h5><div class="et_pb_toggle_content clearfix" style="display: none;"><p>${answer}</p></div></div>`)}</div>`,
  page: (article, blocks) =>
    html(
      article,
      `<div id="page-container"><header id="main-header"><nav id="top-menu-nav">${nav('nav')}</nav></header><div id="et-main-area"><div id="main-content"><article class="post type-post"><div class="entry-content"><div class="et_pb_section et_section_regular"><div class="et_pb_row"><div class="et_pb_column et_pb_column_4_4">
<div class="et_pb_module et_pb_post_title"><div class="et_pb_title_container"><h1 class="entry-title">${article.title}</h1><p class="et_pb_title_meta_container"><span class="published">12/05/2025</span></p></div></div>${blocks}
</div></div></div><div class="et_pb_section"><div class="et_pb_row"><div class="et_pb_module et_pb_blog_grid_wrapper"><div class="et_pb_blog_grid">${each(others, (other) => `<article class="et_pb_post"><a href="${slug(other.title)}" class="entry-featured-image-url"><img src="/t.jpg" alt=""></a><h2 class="entry-title"><a href="${slug(other.title)}">${other.title}</a></h2><div class="post-content"><p>${other.excerpt}</p></div></article>`)}</div></div></div></div></div></article></div></div>
<section id="comment-wrap"><h1 id="comments" class="page_title">2 Comments</h1><ol class="commentlist">${each(comments, (text) => `<li class="comment"><div class="comment_area"><span class="fn">Bà Tâm</span><div class="comment-content"><p>${text}</p></div></div></li>`)}</ol></section>
<footer id="main-footer"><div id="footer-info">${imprint.join(' ')}</div></footer></div>`,
    ),
}

const bakery: PageFamily = {
  name: 'WPBakery',
  wrap: (inner) =>
    `<div class="vc_row wpb_row vc_row-fluid"><div class="wpb_column vc_column_container vc_col-sm-12"><div class="vc_column-inner"><div class="wpb_wrapper"><div class="wpb_text_column wpb_content_element"><div class="wpb_wrapper">${inner}</div></div></div></div></div></div>`,
  answers: (items) =>
    `<div class="vc_tta-container"><div class="vc_tta vc_tta-accordion"><div class="vc_tta-panels-container"><div class="vc_tta-panels">${each(items, ([question, answer], at) => `<div class="vc_tta-panel" id="${at}166-a"><div class="vc_tta-panel-heading"><h4 class="vc_tta-panel-title"><a href="#${at}166-a"><span class="vc_tta-title-text">${question}</span></a></h4></div><div class="vc_tta-panel-body"><div class="wpb_text_column"><p>${answer}</p></div></div></div>`)}</div></div></div></div>`,
  page: (article, blocks) =>
    html(
      article,
      `<div class="td-main-menu">${nav('sf-menu')}</div><div class="td-container"><div class="td-pb-span8 td-main-content"><div class="td-post-header"><h1 class="entry-title">${article.title}</h1></div><div class="td-post-content"><section class="wpb-content-wrapper">${blocks}</section></div>
<div class="td-post-source-tags"><ul class="td-tags"><li><span>TAGS</span></li><li><a href="/tag/xa">xã</a></li></ul></div><div class="td_block_wrap td_block_related_posts"><h4 class="td-related-title"><a class="td-related-left">Bài viết liên quan</a></h4><div class="td_block_inner">${each(others, (other) => `<div class="td_module_related_posts"><div class="item-details"><h3 class="entry-title td-module-title"><a href="${slug(other.title)}">${other.title}</a></h3><div class="td-excerpt">${other.excerpt}</div></div></div>`)}</div></div></div>
<div class="td-pb-span4 td-main-sidebar"><aside class="widget"><span>${advert}</span></aside></div></div><div class="td-footer-wrapper"><div class="footer-text-wrap">${each(imprint, (line) => `<div>${line}</div>`)}</div></div>`,
    ),
}

const gutenberg: PageFamily = {
  name: 'Gutenberg',
  wrap: (inner, kind) =>
    kind === 'paragraph' ? inner : `<div class="wp-block-group is-layout-constrained">${inner}</div>`,
  answers: (items) =>
    each(
      items,
      ([question, answer]) =>
        `<details class="wp-block-details is-layout-flow"><summary>${question}</summary><p>${answer}</p></details>`,
    ),
  figure: (caption) =>
    `<figure class="wp-block-image size-large"><img src="/a.jpg" alt=""><figcaption class="wp-element-caption">${caption}</figcaption></figure>`,
  table: (rows) => `<figure class="wp-block-table"><table>${rows}</table></figure>`,
  page: (article, blocks) =>
    html(
      article,
      `<div class="wp-site-blocks"><header class="wp-block-template-part"><nav class="wp-block-navigation">${nav('wp-block-navigation__container')}</nav></header><main class="wp-block-group"><h1 class="wp-block-post-title">${article.title}</h1><div class="entry-content wp-block-post-content is-layout-constrained">${blocks}</div>
<div class="wp-block-query"><h2 class="wp-block-heading">Bài mới</h2><ul class="wp-block-post-template">${each(others, (other) => `<li class="wp-block-post"><h3 class="wp-block-post-title"><a href="${slug(other.title)}">${other.title}</a></h3><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">${other.excerpt}</p><p class="wp-block-post-excerpt__more-text"><a href="${slug(other.title)}">Đọc tiếp</a></p></div></li>`)}</ul></div>
<div class="wp-block-comments"><h2>Bình luận</h2><ol class="wp-block-comment-template">${each(comments, (text) => `<li class="comment"><div class="wp-block-comment-author-name">Ông Ba</div><div class="wp-block-comment-content"><p>${text}</p></div></li>`)}</ol></div></main><footer class="wp-block-template-part"><p>${imprint.join(' ')}</p></footer></div>`,
    ),
}

const flatsome: PageFamily = {
  name: 'Flatsome',
  wrap: (inner, _kind, at) =>
    `<div class="row" id="row-${at}77"><div id="col-${at}78" class="col small-12 large-12"><div class="col-inner"><div id="text-${at}79" class="text">${inner}</div></div></div></div>`,
  answers: (items) =>
    `<div class="accordion">${each(items, ([question, answer]) => `<div class="accordion-item"><a href="#" class="accordion-title plain"><button class="toggle" aria-label="Toggle"><i></i></button><span>${question}</span></a><div class="accordion-inner" style="display:none"><p>${answer}</p></div></div>`)}</div>`,
  page: (article, blocks) =>
    html(
      article,
      `<div id="wrapper"><header id="header" class="header has-sticky"><div class="header-wrapper">${nav('header-nav header-nav-main nav')}</div></header><main id="main"><div class="row row-large row-divided"><div class="large-9 col"><article class="post"><div class="article-inner"><header class="entry-header"><h1 class="entry-title">${article.title}</h1><div class="entry-meta uppercase is-xsmall">Đăng ngày 12/05/2025</div></header><div class="entry-content single-page">${blocks}<div class="blog-share text-center"><div class="social-icons share-icons"><a href="#">Zalo</a></div></div></div></div></article></div>
<div class="post-sidebar large-3 col"><div id="secondary" class="widget-area"><aside class="widget flatsome_recent_posts"><span class="widget-title">Tin mới</span><ul>${each(others, (other) => `<li class="recent-blog-posts-li"><div class="flex-row"><div class="flex-col flex-grow"><a href="${slug(other.title)}">${other.title}</a><p>${other.excerpt}</p></div></div></li>`)}</ul></aside></div></div></div></main><footer id="footer" class="footer-wrapper"><div class="absolute-footer"><div class="copyright-footer">${imprint.join('<br>')}</div></div></footer></div>`,
    ),
}

const drupal: PageFamily = {
  name: 'Drupal',
  wrap: (inner, _kind, at) =>
    `<div class="field__item"><div class="paragraph paragraph--type--text paragraph--view-mode--default"><div class="clearfix text-formatted field field--name-field-text${at} field--type-text-long field--label-hidden field__item">${inner}</div></div></div>`,
  answers: (items) =>
    each(
      items,
      ([question, answer]) =>
        `<div class="paragraph paragraph--type--faq"><div class="field field--name-field-question field__item">${question}</div><div class="field field--name-field-answer field__item collapse"><p>${answer}</p></div></div>`,
    ),
  page: (article, blocks) =>
    html(
      article,
      `<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><header role="banner"><nav role="navigation" class="block block-menu navigation menu--main">${nav('menu')}</nav></header><main role="main"><div class="layout-content"><div class="region region-content"><div class="block block-core block-page-title-block"><h1 class="page-header"><span class="field field--name-title field--type-string">${article.title}</span></h1></div><article role="article" class="node node--type-article node--promoted node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Gửi bởi quantri vào T2, 12/05/2025 - 08:15</div></footer><div class="node__content clearfix"><div class="field field--name-field-paragraphs field--type-entity-reference-revisions field__items">${blocks}</div><div class="field field--name-field-tags field--type-entity-reference field--label-above"><div class="field__label">Tags</div><div class="field__items"><div class="field__item"><a href="/tags/xa">xã</a></div></div></div></div>
<section class="comment-wrapper field field--name-comment"><h2 class="title">Bình luận</h2>${each(comments, (text) => `<article class="comment js-comment"><div class="comment__content"><div class="field field--name-comment-body field__item"><p>${text}</p></div></div></article>`)}</section></article>
<div class="views-element-container block block-views"><h2>Tin cùng chuyên mục</h2><div class="view-content">${each(others, (other) => `<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="${slug(other.title)}">${other.title}</a></span></div><div class="views-field views-field-body"><div class="field-content">${other.excerpt}</div></div></div>`)}</div></div></div></div></main><footer role="contentinfo"><div class="block block-block-content">${each(imprint, (line) => `<p>${line}</p>`)}</div></footer></div>`,
    ),
}

/** The families of pages that WordPress and Drupal make. */
export const builderFamilies: readonly PageFamily[] = [elementor, divi, bakery, gutenberg, flatsome, drupal]
/** Functions that the files of the other families also use. */
export const familyParts = { each, list, nav, head, html, details, keep, slug }
