import { describe, expect, it } from 'vitest'
import { unpackedPath } from '../../../src/main/unpacked-path'

describe('unpackedPath', () => {
  it.each([
    ['/opt/bantin/resources/app.asar/out/main/a.js', '/opt/bantin/resources/app.asar.unpacked/out/main/a.js'],
    ['C:\\Bản Tin\\resources\\app.asar\\out\\a.js', 'C:\\Bản Tin\\resources\\app.asar.unpacked\\out\\a.js'],
    ['/srv/bantin/out/main/a.js', '/srv/bantin/out/main/a.js'],
    ['/opt/my-app.asar/out/a.js', '/opt/my-app.asar/out/a.js'],
    ['/opt/app.asar.unpacked/out/a.js', '/opt/app.asar.unpacked/out/a.js'],
  ])('for the path %s, unpackedPath returns %s', (path, expected) => {
    expect(unpackedPath(path)).toBe(expected)
  })
})
