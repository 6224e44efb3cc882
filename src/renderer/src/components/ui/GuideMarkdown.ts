import type { Token } from 'marked'
import { defineComponent, h, type PropType, type VNode } from 'vue'
import { guideLink, type GuidePage, guidePicture } from '../../lib/guide/guide-pages'

type Nodes = (VNode | string)[]

/** Renders a page of the guide from Markdown tokens. HTML in the page is never rendered. */
export const GuideMarkdown = defineComponent({
  name: 'GuideMarkdown',
  props: { tokens: { type: Array as PropType<readonly Token[]>, required: true } },
  emits: { go: (page: GuidePage) => page.length > 0 },
  setup(props, { emit }) {
    const inside = (token: Token): Nodes =>
      'tokens' in token && token.tokens !== undefined
        ? token.tokens.flatMap(render)
        : [decodeEntities('text' in token ? String(token.text) : '')]

    const link = (token: Token & { href: string }): Nodes => {
      const page = guideLink(token.href)
      if (page === null) return inside(token)
      return [h('button', { type: 'button', class: 'link-button', onClick: () => emit('go', page) }, inside(token))]
    }
    const picture = ({ href, text }: { href: string; text: string }): Nodes => {
      const address = guidePicture(href)
      return address === null ? [] : [h('img', { src: address, alt: text, loading: 'lazy' })]
    }

    /** Renders the kinds of tokens that the guide uses. All other tokens are left out, including HTML. */
    function render(token: Token): Nodes {
      switch (token.type) {
        case 'heading':
          return [h('h3', inside(token))]
        case 'paragraph':
          return [h('p', inside(token))]
        case 'list':
          return [
            h(
              token['ordered'] === true ? 'ol' : 'ul',
              itemsOf(token).map((item) => h('li', inside(item))),
            ),
          ]
        case 'text':
          return inside(token)
        case 'escape':
          return [String(token['text'])]
        case 'strong':
          return [h('b', inside(token))]
        case 'em':
          return [h('i', inside(token))]
        case 'codespan':
          return [h('kbd', decodeEntities(String(token['text'])))]
        case 'link':
          return link({ ...token, href: String(token['href']) })
        case 'image':
          return picture({ href: String(token['href']), text: String(token['text']) })
        default:
          return []
      }
    }
    return () => h('div', { class: 'guide-text', lang: 'vi' }, props.tokens.flatMap(render))
  },
})

function itemsOf(token: Token): Token[] {
  // The cast is safe, because the items of a list are tokens too, although the parser gives the items a separate type.
  return 'items' in token && Array.isArray(token.items) ? (token.items as Token[]) : []
}

/** Decodes the entities that the lexer leaves in texts. */
function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
