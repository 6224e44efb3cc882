import { familyParts, type PageFamily } from './families'
import { chromeTexts } from './page-chrome'

const { each, nav, html, details, keep, slug, list } = familyParts
const { others, comments, imprint, advert } = chromeTexts

const joomla: PageFamily = {
  name: 'Joomla',
  wrap: keep,
  answers: (items) =>
    `<div class="panel-group" id="acc">${each(items, ([question, answer], at) => `<div class="panel panel-default"><div class="panel-heading"><h4 class="panel-title"><a data-toggle="collapse" data-parent="#acc" href="#c${at}">${question}</a></h4></div><div id="c${at}" class="panel-collapse collapse"><div class="panel-body">${answer}</div></div></div>`)}</div>`,
  page: (article, blocks) =>
    html(
      article,
      `<div class="body"><div class="container"><header class="header">${nav('nav menu')}</header><div class="row-fluid"><div id="content" class="span9"><div class="item-page" itemscope><div class="page-header"><h2 itemprop="headline">${article.title}</h2></div><dl class="article-info muted"><dt class="article-info-term">Chi tiết</dt><dd class="published">Được đăng: 12 Tháng 5 2025</dd><dd class="hits">Lượt xem: 412</dd></dl><div itemprop="articleBody">${blocks}</div><ul class="pager pagenav"><li class="previous"><a href="${slug('a')}" rel="prev">${others[0].title}</a></li><li class="next"><a href="${slug('b')}" rel="next-post">${others[1].title}</a></li></ul></div></div><div id="aside" class="span3"><div class="well"><h3 class="page-header">Tin mới nhất</h3>${list(
        others.map(({ title }) => title),
        'latestnews',
      )}</div><div class="bannergroup"><a href="/qc">${advert}</a></div></div></div></div></div><footer class="footer"><p>${imprint.join('</p><p>')}</p></footer>`,
    ),
}

const liferay: PageFamily = {
  name: 'Liferay',
  wrap: keep,
  answers: details,
  page: (article, blocks) =>
    html(
      article,
      `<div id="wrapper"><header id="banner" role="banner"><h1 class="site-title">Cổng thông tin</h1><nav id="navigation">${nav('nav-menu')}</nav></header><section id="content"><div class="columns-2" id="main-content"><div class="portlet-layout row-fluid"><div class="portlet-column span8" id="column-1"><div class="portlet-dropzone"><div class="portlet-boundary portlet-asset-publisher"><section class="portlet"><header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">${article.title}</span></h1></header><div class="portlet-content"><div class="asset-full-content"><div class="asset-content"><div class="journal-content-article"><div class="journal-content-article">${blocks}</div></div></div><div class="asset-metadata"><span class="metadata-entry">Ngày đăng 12/05/2025 | 08:15 AM</span></div></div></div></section></div></div></div><div class="portlet-column span4" id="column-2"><div class="portlet-boundary"><h1 class="portlet-title">Tin khác</h1>${each(others, (other) => `<div class="asset-abstract"><h3 class="asset-title"><a href="${slug(other.title)}">${other.title}</a></h3><div class="asset-summary">${other.excerpt}</div></div>`)}</div></div></div></div></section><footer id="footer" role="contentinfo"><div>${imprint.join('<br>')}</div></footer></div>`,
    ),
}

const sharepoint: PageFamily = {
  name: 'SharePoint',
  wrap: (inner, kind) => (kind === 'paragraph' ? inner.replace('<p>', '<p class="ms-rteElement-P">') : inner),
  answers: details,
  page: (article, blocks) =>
    html(
      article,
      `<form method="post" action="./chitiet.aspx" id="aspnetForm"><div id="s4-workspace"><div id="s4-bodyContainer"><div id="topnav">${nav('root static')}</div><div id="DeltaPlaceHolderMain"><table class="ms-core-tableNoSpace" width="100%"><tr><td id="MSOZoneCell_WebPartWPQ2"><div class="ms-webpart-chrome"><div id="WebPartWPQ2" class="ms-WPBody"><div class="ms-rtestate-field"><div class="tieude-tin"><h2>${article.title}</h2></div><div class="ngaydang">12/05/2025 08:15</div><div class="ExternalClassA1B2C3">${blocks}</div></div></div></div></td></tr><tr><td><div id="WebPartWPQ3" class="ms-WPBody noindex"><div class="tinkhac-title">CÁC TIN KHÁC</div><table>${each(others, (other) => `<tr><td>•</td><td><a href="${slug(other.title)}">${other.title}</a> <i>(10/05/2025)</i></td></tr>`)}</table></div></td></tr></table></div></div></div><div id="chantrang"><table><tr><td>${imprint.join('<br>')}</td></tr></table></div></form>`,
    ),
}

const dnn: PageFamily = {
  name: 'DotNetNuke',
  wrap: keep,
  answers: (items) =>
    `<table class="FAQs" border="0">${each(items, ([question, answer], at) => `<tr><td><a class="CommandButton" href="javascript:__doPostBack('q${at}')">${question}</a><div id="dnn_ctr_answer${at}" class="Normal" style="display:none;">${answer}</div></td></tr>`)}</table>`,
  page: (article, blocks) =>
    html(
      article,
      `<form id="Form" method="post"><div id="dnn_header">${nav('dnnmega')}</div><div id="dnn_ContentPane" class="contentpane"><div class="DnnModule DnnModule-DNN_HTML"><div class="c_container"><h2 class="c_title"><span id="dnn_ctr401_dnnTITLE_titleLabel" class="Head">Tin tức</span></h2><div id="dnn_ctr401_ContentPane"><div id="dnn_ctr401_ModuleContent" class="DNNModuleContent ModDNNHTMLC"><span class="news_title">${article.title}</span><br><span class="news_date">Ngày cập nhật: 12/05/2025</span><div class="news_content Normal">${blocks}</div><div class="otherNews"><b>Các bài khác</b>${each(others, (other) => `<div class="itemOther">- <a href="${slug(other.title)}">${other.title}</a> <span>(11/05/2025)</span></div>`)}</div></div></div></div></div></div><div id="dnn_BottomPane" class="bottompane">${each(imprint, (line) => `<p>${line}</p>`)}</div></form>`,
    ),
}

const vnpt: PageFamily = {
  name: 'VNPT portal',
  wrap: keep,
  answers: details,
  page: (article, blocks) =>
    html(
      article,
      `<div class="header-portal"><div class="menu-top">${nav('menu-portal')}</div></div><div class="main-portal container"><div class="row"><div class="col-md-9"><div class="box-detail-news"><div class="detail-title">${article.title}</div><div class="detail-date">12/05/2025 08:15:00 | Xem với cỡ chữ A- A A+</div><div class="detail-content" id="divContent">${blocks}</div><div class="box-tools"><a href="#">In bài</a> <a href="#">Gửi email</a></div></div><div class="box-news-other"><div class="title-other">Tin cùng chuyên mục</div><div class="list-other">${each(others, (other) => `<div class="item-other clearfix"><div class="img-other"><img src="/t.jpg" alt=""></div><div class="text-other"><a class="name-other" href="${slug(other.title)}">${other.title}</a><div class="desc-other">${other.excerpt}</div></div></div>`)}</div></div><div class="box-ykien"><div class="title-ykien">Ý kiến bạn đọc</div>${each(comments, (text) => `<div class="item-ykien"><b>Bạn đọc</b><p>${text}</p></div>`)}</div></div><div class="col-md-3"><div class="box-right"><img src="/b.gif" alt=""><a href="/qc">${advert}</a></div></div></div></div><div class="footer-portal"><div class="info-ft">${imprint.join('<br/>')}</div></div>`,
    ),
}

const umbraco: PageFamily = {
  name: 'Umbraco',
  wrap: (inner) => `<div class="umb-block-grid__layout-item"><div class="rte-block">${inner}</div></div>`,
  answers: (items) =>
    `<div class="accordion" id="a1">${each(items, ([question, answer], at) => `<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button collapsed" type="button" aria-expanded="false">${question}</button></h2><div id="k${at}" class="accordion-collapse collapse"><div class="accordion-body"><p>${answer}</p></div></div></div>`)}</div>`,
  page: (article, blocks) =>
    html(
      article,
      `<header class="site-header"><nav class="navbar">${nav('navbar-nav')}</nav></header><main><section class="hero"><h1>${article.title}</h1></section><div class="umb-block-grid">${blocks}</div><section class="cards"><h2>Có thể bạn quan tâm</h2><div class="row">${each(others, (other) => `<div class="col-md-3"><a class="card h-100" href="${slug(other.title)}"><div class="card-body"><h3 class="card-title">${other.title}</h3><p class="card-text">${other.excerpt}</p></div></a></div>`)}</div></section></main><footer class="site-footer"><p>${imprint.join(' ')}</p></footer>`,
    ),
}

const nuke: PageFamily = {
  name: 'NukeViet',
  wrap: keep,
  answers: details,
  page: (article, blocks) =>
    html(
      article,
      `<div class="body-bg"><nav class="second-nav" id="menusite">${nav('nav navbar-nav')}</nav><section><div class="container" id="body"><ol class="breadcrumb"><li><a href="/">Trang nhất</a></li><li><a href="/tin">Tin tức</a></li></ol><div class="row"><div class="col-sm-16 col-md-18"><div class="news_column panel panel-default"><div class="panel-body"><h1 class="title margin-bottom-lg">${article.title}</h1><div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">Thứ hai - 12/05/2025 08:15</span></div></div><div id="news-bodyhtml" class="bodytext margin-bottom-lg">${blocks}</div></div></div><div class="news_column panel panel-default"><div class="panel-body"><p class="h3"><strong>Những tin mới hơn</strong></p><ul class="detail-related related list-inline">${each(others, (other) => `<li><i class="fa fa-angle-right"></i><a href="${slug(other.title)}" title="${other.title}">${other.title}</a> <em>(11/05/2025)</em></li>`)}</ul></div></div><div class="news_column panel panel-default"><div class="panel-body"><div class="comment-box"><div class="cm_item"><p>${comments[0]}</p></div></div></div></div></div><div class="col-sm-8 col-md-6"><div class="nv-block-banners"><a href="/qc">${advert}</a></div></div></div></div></section><footer id="footer"><div class="wraper"><div class="container"><div class="row">${each(imprint, (line) => `<div>${line}</div>`)}</div></div></div></footer></div>`,
    ),
}

const layoutTables: PageFamily = {
  name: 'layout tables',
  wrap: keep,
  answers: (items) => each(items, ([question, answer]) => `<p><b>${question}</b></p><p>${answer}</p>`),
  page: (article, blocks) =>
    html(
      article,
      `<table width="1000" align="center"><tr><td colspan="3"><img src="/banner.jpg"></td></tr><tr><td width="180" valign="top"><table>${each(chromeTexts.menu, (item) => `<tr><td class="leftmenu"><a href="${slug(item)}">${item}</a></td></tr>`)}</table></td><td valign="top"><table width="100%"><tr><td class="TieuDe"><font size="4"><b>${article.title}</b></font></td></tr><tr><td class="Ngay">(12/05/2025)</td></tr><tr><td class="NoiDung">${blocks}</td></tr><tr><td><hr></td></tr><tr><td class="TinKhac"><b>Các tin khác:</b></td></tr>${each(others, (other) => `<tr><td>&nbsp;&nbsp;<img src="/dot.gif"> <a href="${slug(other.title)}">${other.title}</a> (9/5/2025)</td></tr>`)}</table></td><td width="200"><a href="/qc">${advert}</a></td></tr><tr><td colspan="3" align="center" class="bottom">${imprint.join('<br>')}</td></tr></table>`,
    ),
}

/** The families of pages of portals. */
export const portalFamilies: readonly PageFamily[] = [
  joomla,
  liferay,
  sharepoint,
  dnn,
  vnpt,
  umbraco,
  nuke,
  layoutTables,
]
