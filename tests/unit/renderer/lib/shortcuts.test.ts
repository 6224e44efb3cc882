import { describe, expect, it } from 'vitest'
import {
  type Command,
  findCommand,
  type Key,
  type KeyContext,
  shortcuts,
} from '../../../../src/renderer/src/lib/shortcuts'
import vietnamese from '../../../../src/shared/locales/vi.json'

const key = (given: Partial<Key>): Key => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  ...given,
})
const list: KeyContext = { isInField: false, letterKeys: true }
const field: KeyContext = { isInField: true, letterKeys: true }

describe('keys', () => {
  it.each<[string, Partial<Key>, KeyContext, Command | null]>([
    ['a letter', { key: 's' }, list, 'star'],
    ['a letter in a field', { key: 's' }, field, null],
    ['a letter when letters are off', { key: 's' }, { ...list, letterKeys: false }, null],
    ['a letter while a word is composed', { key: 's', isComposing: true }, list, null],
    ['a key that belongs to an input method', { key: 's', keyCode: 229 }, list, null],
    ['a letter with Alt', { key: 's', altKey: true }, list, null],
    ['Ctrl and a letter that has no chord', { key: 's', ctrlKey: true }, list, null],
    ['Ctrl K in a field', { key: 'k', ctrlKey: true }, field, 'palette'],
    ['Cmd K', { key: 'k', metaKey: true }, list, 'palette'],
    ['Ctrl F', { key: 'f', ctrlKey: true }, field, 'find'],
    ['Ctrl Shift F', { key: 'F', ctrlKey: true, shiftKey: true }, field, 'search'],
    ['Ctrl and plus on a shifted key', { key: '+', ctrlKey: true, shiftKey: true }, field, 'larger'],
    ['Ctrl and the equals key', { key: '=', ctrlKey: true }, field, 'larger'],
    ['Ctrl and plus of the number pad', { key: '+', code: 'NumpadAdd', ctrlKey: true }, field, 'larger'],
    ['Ctrl 0', { key: '0', ctrlKey: true }, field, 'reset-size'],
    ['Alt and the left arrow', { key: 'ArrowLeft', altKey: true }, list, 'back'],
    ['Alt and the left arrow in a field', { key: 'ArrowLeft', altKey: true }, field, null],
    ['Ctrl Z', { key: 'z', ctrlKey: true }, list, 'undo'],
    ['Ctrl Z in a field, which has its own', { key: 'z', ctrlKey: true }, field, null],
    ['AltGr, which writes letters', { key: 'k', ctrlKey: true, altKey: true }, list, null],
    ['F1', { key: 'F1' }, field, 'guide'],
    ['a letter in a dialog', { key: 's' }, { ...list, isInDialog: true }, null],
    ['the text size in a dialog', { key: '=', ctrlKey: true }, { ...list, isInDialog: true }, 'larger'],
  ])('%s', (_name, given, context, command) => expect(findCommand(key(given), context)).toBe(command))

  it('no two commands share a key, and each has its sentence', () => {
    const keys = shortcuts.flatMap(({ letter, chord }) => [letter ?? [], chord ?? []].flat())
    expect(keys.filter((each, at) => keys.indexOf(each) !== at)).toEqual([])
    expect(shortcuts.filter(({ sentence }) => !(sentence in vietnamese))).toEqual([])
  })
})
