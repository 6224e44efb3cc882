import { Parser } from 'htmlparser2'
import { htmlToText } from './html-to-text'
import { resolveLink } from './resolve-link'

/** Minimum number of characters of a whole text. A shorter text in a feed is a summary. */
const minTextLength = 200
const maxItemLength = 1_000_000
const textNames = ['content:encoded', 'content', 'encoded', 'description', 'summary']

/**
 * Reads the whole texts that a feed has for its entries. The key is the address of the entry, and the value is HTML
 * that is not sanitised. An entry with only a summary is left out.
 */
export function readFeedTexts(text: string, address: string): Map<string, string> {
  const texts = new Map<string, string>()
  let item: { links: string[]; fields: Map<string, string> } | null = null
  let [field, depth] = ['', 0]
  const finish = (): void => {
    if (item === null) return
    const html = textNames.map((name) => item?.fields.get(name)).find((each) => isWholeText(each))
    const links = [...item.links, item.fields.get('link') ?? '', item.fields.get('guid') ?? '']
    const url = links.map((link) => resolveLink(link, address)).find((link) => link !== null)
    if (html !== undefined && url !== undefined && url !== null && !texts.has(url)) texts.set(url, html)
    item = null
  }
  const parser = new Parser(
    {
      onopentag(received, attributes) {
        const name = received.toLowerCase()
        if (name === 'item' || name === 'entry') [item, depth, field] = [{ links: [], fields: new Map() }, 0, '']
        else if (item !== null) {
          depth += 1
          if (depth === 1) field = name
          const { rel = 'alternate', href } = attributes
          if (depth === 1 && name === 'link' && href !== undefined && rel === 'alternate') item.links.push(href)
        }
      },
      ontext(piece) {
        if (item === null || depth !== 1) return
        const known = item.fields.get(field) ?? ''
        if (known.length < maxItemLength) item.fields.set(field, known + piece)
      },
      onclosetag(received) {
        const name = received.toLowerCase()
        if (name === 'item' || name === 'entry') finish()
        else if (item !== null) depth = Math.max(0, depth - 1)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  return texts
}

function isWholeText(html: string | undefined): html is string {
  return html !== undefined && (htmlToText(html)?.length ?? 0) >= minTextLength
}
