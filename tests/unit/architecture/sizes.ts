import { dirname } from 'node:path'
import ts from 'typescript'
import { lineOf, parseSource, type Source, visitNodes } from './sources'

const maxFileLines = 400
const maxFunctionLines = 100
/**
 * The maximum number of lines in the call that defines a Pinia setup store. By the design of Pinia, such a store is one
 * function.
 */
const maxStoreLines = 150
const maxFolderFiles = 20

/** Finds the files of more than 400 lines, and returns them as sentences. */
export function longFiles(sources: readonly Source[]): string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > maxFileLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

/**
 * Finds the functions of more than 100 lines and the Pinia setup stores of more than 150 lines, and returns them as
 * sentences.
 */
export function longFunctions(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const file = parseSource(source)
    const found: string[] = []
    visitNodes(file, (node) => {
      if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return
      const lines = file.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(file, node)
      if (lines > (isSetupStore(node) ? maxStoreLines : maxFunctionLines))
        found.push(`${source.path}:${lineOf(file, node)} has a function of ${lines} lines`)
    })
    return found
  })
}

function isSetupStore({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'defineStore'
}

/**
 * Finds the folders that directly contain more than 20 files, and returns them as sentences. The folders in `except`
 * are left out.
 */
export function fullFolders(paths: readonly string[], except: readonly string[] = []): string[] {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  return [...counts]
    .filter(([folder, count]) => count > maxFolderFiles && !except.includes(folder))
    .map(([folder, count]) => `${folder} has ${count} files`)
}
