import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { safeFileName } from '../../../../src/core/outputs/safe-file-name'
import { shared, sharedIsAbsent } from '../../support/shared-data'

const named = [
  ['Thông báo số 12', 'Thông báo số 12.pdf'],
  ['Thông báo.PDF', 'Thông báo.pdf'],
  ['Báo cáo.exe', 'Báo cáo.exe.pdf'],
  ['../../etc/passwd', 'etc passwd.pdf'],
  ['..\\..\\a', 'a.pdf'],
  ['C:\\a:b.pdf', 'C a b.pdf'],
  ['con', 'tep con.pdf'],
  ['COM1.html', 'tep COM1.html.pdf'],
  ['\u202Egnp.exe', 'gnp.exe.pdf'],
  ['a\u0000b\n', 'ab.pdf'],
  ['  .bashrc ', 'bashrc.pdf'],
  ['', 'tep.pdf'],
  ['/', 'tep.pdf'],
]

/** Tells whether every system treats a name as the name of one visible file in the current folder. */
function isSafe(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 160 &&
    !/[/\\:*?"<>|\p{Cc}\p{Cf}]/u.test(name) &&
    !/^[\s.~-]|[\s.]$/.test(name) &&
    !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)
  )
}

describe('safeFileName', () => {
  it.each(named)('safeFileName turns %j into the name %j', (given, expected) => {
    expect(safeFileName(given, 'pdf')).toBe(expected)
  })

  it('control: the check finds unsafe names', () => {
    for (const name of ['../a', 'a:b', 'con.txt', '.bashrc', 'a.', ' a', '\u202Ea']) expect(isSafe(name)).toBe(false)
  })

  it('safeFileName makes every file name of the shared data safe', ({ skip }) => {
    const file = shared('data/security/path-names.json')
    if (!existsSync(file)) skip(sharedIsAbsent)
    const listed = JSON.parse(readFileSync(file, 'utf8')) as string[]
    expect(listed.map((name) => safeFileName(name, 'pdf')).filter((name) => !isSafe(name))).toEqual([])
  })
})
