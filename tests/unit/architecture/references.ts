import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commentsOf } from './comments'
import { root, type Source } from './sources'

/**
 * Matches a path of the repository, with or without an anchor. A path that continues with a placeholder or a glob does
 * not match.
 */
const pathPattern =
  /(?<![\w./@~-])((?:src|tests|docs|scripts|bench|resources)\/(?:[\w@.-]+\/)*(?:[\w@-]+(?:\.[\w@-]+)*)?)(#[\p{L}\p{N}_-]+)?(?![\w*<{[…]|\.[*<{…])/gu

/** Matches the paths that a benchmark writes. A clone does not have these paths. */
const writtenLater = /^bench\/(?:results|\.cache)(?:\/|$)/

/** Finds the paths in the comments of sources that do not exist, and returns them as sentences. */
export function missingPathsInComments(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => missingPaths(source.path, commentsOf(source)))
}

/** Finds the paths and relative links of Markdown pages that do not exist, and returns them as sentences. */
export function missingPathsInPages(pages: readonly Source[]): string[] {
  return pages.flatMap(({ path, text }) => [...missingPaths(path, text), ...brokenLinks(path, text)])
}

function missingPaths(from: string, text: string): string[] {
  return [...text.matchAll(pathPattern)]
    .filter(([, path = '']) => !writtenLater.test(path))
    .flatMap(([, path = '', anchor = '']) => missing(from, path, anchor.slice(1)))
}

/**
 * Finds the links and pictures of a Markdown page whose target is a path: `[…](path#anchor)`, `[…]: path`,
 * `src="path"`.
 */
function brokenLinks(from: string, text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  const patterns = [/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g, /^\[[^\]]+\]:\s*(\S+)/gm, /\b(?:src|href)="([^"]+)"/g]
  return patterns
    .flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target = '']) => target))
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .flatMap((target) => {
      const [path = '', anchor = ''] = target.split('#')
      const full = path === '' ? from : join(dirname(from), decodeURI(path)).replaceAll('\\', '/')
      return missing(from, full, decodeURI(anchor))
    })
}

function missing(from: string, path: string, anchor: string): string[] {
  const file = join(root, path)
  if (!existsSync(file)) return [`${from} names ${path}, which does not exist`]
  if (anchor === '') return []
  if (!path.endsWith('.md') || !statSync(file).isFile()) return []
  return headingAnchors(readFileSync(file, 'utf8')).includes(anchor)
    ? []
    : [`${from} names ${path}#${anchor}, which is not a heading`]
}

/** Returns the anchors of a page's headings, made in the same way as by GitHub. */
export function headingAnchors(page: string): string[] {
  const seen = new Map<string, number>()
  const prose = page.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(anchor) ?? 0
    seen.set(anchor, count + 1)
    return count === 0 ? anchor : `${anchor}-${count}`
  })
}

/**
 * Matches names of pages in capitals, as in "(SECURITY, P8)", "FORMAT's rules" or "TEXT.md". The repository has no such
 * pages, except SECURITY.md and the other pages of its root folder.
 */
const outsidePage =
  /\b(?:FORMAT|SECURITY|ARCHITECTURE|UX|TEXT|PERFORMANCE|TOOLCHAIN|DOCUMENTS|PRODUCT|STYLE|LANGUAGE|PRINT|DESKTOP|HANDOVER)\b(?!\.md\b)|\b(?!SECURITY|CONTRIBUTING|CHANGELOG|README|CODE_OF_CONDUCT)[A-Z][A-Z_-]+\.md\b|\(CLI[,)]|\.\.\/shared\b(?!\/(?!design|data|reference))/g

/** Finds the references in comments to pages or folders that a clone does not have, and returns them as sentences. */
export function outsideReferences(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    [...commentsOf(source).matchAll(outsidePage)].map(([name]) => `${source.path} refers to ${name}`),
  )
}
