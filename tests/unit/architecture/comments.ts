import ts from 'typescript'
import { parseSource, type Source } from './sources'

const known = new WeakMap<Source, string>()

/**
 * Returns the text of all comments of a source: of its script, of a Vue template and of a stylesheet. The function
 * reads each source once.
 */
export function commentsOf(source: Source): string {
  const comments = known.get(source) ?? readComments(source)
  known.set(source, comments)
  return comments
}

function readComments(source: Source): string {
  const { path, text } = source
  if (path.endsWith('.css')) return blockComments(text)
  if (path.endsWith('.html')) return markupComments(text)
  if (!path.endsWith('.vue')) return scriptComments(source)
  const styles = [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style = '']) => blockComments(style))
  return [scriptComments(source), markupComments(text), ...styles].join('\n')
}

/**
 * Returns the comments of a script. A comment sign in a string, a template or a regular expression begins no comment.
 */
function scriptComments(source: Source): string {
  const file = parseSource(source)
  const parts: string[] = []
  let at = 0
  const visit = (node: ts.Node): void => {
    if (!holdsText(node)) return ts.forEachChild(node, visit)
    parts.push(file.text.slice(at, node.getStart(file)))
    at = node.end
  }
  visit(file)
  parts.push(file.text.slice(at))
  const comments = parts.join('""').match(/\/\*[\s\S]*?\*\/|\/\/.*/g) ?? []
  return comments.join('\n').replace(/\n\s*(?:\*|\/\/)/g, '\n')
}

/** Tells whether the text of a node may contain a comment sign that begins no comment. */
function holdsText(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  )
}

function blockComments(text: string): string {
  return (text.match(/\/\*[\s\S]*?\*\//g) ?? []).join('\n')
}

function markupComments(text: string): string {
  return (text.match(/<!--[\s\S]*?-->/g) ?? []).join('\n')
}
