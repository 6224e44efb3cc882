import type { Article, ArticleBlock } from './article-kinds'
import type { PageFamily } from './families'

const link = (text: string): string => `<a href="/thu-tuc/${text.length}">${text}</a>`

/** Returns the HTML page of an article in the markup of a family. */
export function buildPage(family: PageFamily, article: Article): string {
  const blocks = article.blocks.map((block, at) => family.wrap(renderBlock(block, family), block.kind, at)).join('\n')
  return family.page(article, blocks)
}

function renderBlock(block: ArticleBlock, family: PageFamily): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${block.text}</p>`
    case 'heading':
      return `<h3>${block.text}</h3>`
    case 'quote':
      return `<blockquote><p>${block.text}</p></blockquote>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${item}</li>`).join('')}</ul>`
    case 'links':
      return `<ul>${block.items.map((item) => `<li>${link(item)}</li>`).join('')}</ul>`
    case 'table': {
      const rows = block.rows.map((row) => {
        const cells = row.map((cell, at) => `<td>${block.isLinked && at === 0 ? link(cell) : cell}</td>`)
        return `<tr>${cells.join('')}</tr>`
      })
      return (family.table ?? ((inner: string) => `<table border="1">${inner}</table>`))(rows.join(''))
    }
    case 'figure':
      return (
        family.figure ??
        ((caption: string) => `<figure><img src="/anh/1.jpg" alt=""><figcaption>${caption}</figcaption></figure>`)
      )(block.caption)
    case 'answers':
      return family.answers(block.items)
    case 'section': {
      const inner = block.texts.map((text) => `<p>${text}</p>`).join('')
      const wrap =
        family.section ??
        ((name: string, heading: string, body: string) =>
          `<div class="${name}"><h3 id="${name}-1">${heading}</h3>${body}</div>`)
      return wrap(block.name, block.heading, inner)
    }
  }
}
