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
 * Returns all text between the tokens of a script. The text in a regular expression or a string is never part of the
 * result.
 */
function scriptComments(source: Source): string {
  const file = parseSource(source)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file).filter((child) => !ts.isJSDoc(child))
    // The last token contains no text. The text before this token contains only comments.
    const end = node.kind === ts.SyntaxKind.EndOfFileToken ? node.end : node.getStart(file)
    if (children.length === 0) found.push(file.text.slice(node.getFullStart(), end))
    else children.forEach(visit)
  }
  visit(file)
  return found.join('').replace(/\n\s*(?:\*|\/\/)/g, '\n')
}

function blockComments(text: string): string {
  return (text.match(/\/\*[\s\S]*?\*\//g) ?? []).join('\n')
}

function markupComments(text: string): string {
  return (text.match(/<!--[\s\S]*?-->/g) ?? []).join('\n')
}
