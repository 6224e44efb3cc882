import { describe, expect, it } from 'vitest'
import { fullFolders, longFiles, longFunctions } from './sizes'
import { pathsBelow, sourcesBelow } from './sources'

const isCode = /\.(?:ts|mjs|vue|css|html)$/
const linesOf = (count: number): string => '\n'.repeat(count)

describe('the size of the code', () => {
  it('a file has at most 400 lines', () => {
    const files = ['src', 'tests', 'bench', 'scripts'].flatMap((folder) => sourcesBelow(folder, isCode))
    expect(longFiles(files.filter(({ path }) => !path.startsWith('tests/fixtures/')))).toEqual([])
  })
  it('a function has at most 100 lines, and a Pinia setup store has at most 150', () =>
    expect(longFunctions(sourcesBelow('src', /\.(?:ts|vue)$/))).toEqual([]))
  it('a folder has at most 20 files', () => {
    // The folder holds one saved page for each portal. These pages are data and not code.
    const except = ['tests/fixtures/portals']
    expect(fullFolders([...pathsBelow('src'), ...pathsBelow('tests')], except)).toEqual([])
  })

  it('control: the check finds a file of 401 lines', () => {
    expect(longFiles([{ path: 'a.ts', text: linesOf(401) }])).toEqual(['a.ts has 401 lines'])
    expect(longFiles([{ path: 'a.ts', text: linesOf(400) }])).toEqual([])
  })
  it.each([
    ['a declaration', (lines: number) => `function a() {${linesOf(lines - 1)}}`],
    ['an arrow function', (lines: number) => `const a = () => {${linesOf(lines - 1)}}`],
    ['a method', (lines: number) => `const a = { b() {${linesOf(lines - 1)}} }`],
  ])('control: the check finds that %s of 101 lines is too long', (_name, textOf) => {
    expect(longFunctions([{ path: 'a.ts', text: textOf(101) }])).toEqual(['a.ts:1 has a function of 101 lines'])
    expect(longFunctions([{ path: 'a.ts', text: textOf(100) }])).toEqual([])
  })
  it('control: the check finds a long function in a component, at the right line', () => {
    const text = `<template />\n<script setup lang="ts">\nfunction a() {${linesOf(100)}}\n</script>`
    expect(longFunctions([{ path: 'a.vue', text }])).toEqual(['a.vue:3 has a function of 101 lines'])
  })
  it('control: the check finds a setup store of 151 lines', () => {
    const storeOf = (lines: number): string => `export const useA = defineStore('a', () => {${linesOf(lines - 1)}})`
    expect(longFunctions([{ path: 'a.ts', text: storeOf(151) }])).toHaveLength(1)
    expect(longFunctions([{ path: 'a.ts', text: storeOf(150) }])).toEqual([])
  })
  it('control: the check finds a folder of 21 files', () => {
    const paths = Array.from({ length: 21 }, (_, number) => `src/a/${number}.ts`)
    expect(fullFolders([...paths, 'src/a/b/1.ts'])).toEqual(['src/a has 21 files'])
    expect(fullFolders(paths, ['src/a'])).toEqual([])
    expect(fullFolders(paths.slice(1))).toEqual([])
  })
})
