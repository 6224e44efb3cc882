import ts from 'typescript'
import { parseSource, type Source } from './sources'

/** Finds the exports without a doc comment. The result lists the path and the first line of each export. */
export function undocumentedExports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    parseSource(source)
      .statements.filter((statement) => ts.canHaveModifiers(statement) && isExported(statement))
      .filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
      .map((statement) => `${source.path}: ${statement.getText().split('\n')[0]?.slice(0, 80) ?? ''}`),
  )
}

function isExported(statement: ts.HasModifiers): boolean {
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}
