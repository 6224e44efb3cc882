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

describe('findCommand', () => {
  it.each<[string, Partial<Key>, KeyContext, Command | null]>([
    ['finds the command of a single letter', { key: 's' }, list, 'star'],
    ['ignores a letter in a field', { key: 's' }, field, null],
    ['ignores a letter when letters are switched off', { key: 's' }, { ...list, letterKeys: false }, null],
    ['ignores a letter while an input method composes', { key: 's', isComposing: true }, list, null],
    ['ignores the key code of an input method', { key: 's', keyCode: 229 }, list, null],
    ['ignores a letter with Alt', { key: 's', altKey: true }, list, null],
    ['ignores Ctrl with a letter that has no shortcut with Ctrl', { key: 's', ctrlKey: true }, list, null],
    ['finds Ctrl K in a field', { key: 'k', ctrlKey: true }, field, 'palette'],
    ['treats Cmd as Ctrl', { key: 'k', metaKey: true }, list, 'palette'],
    ['finds Ctrl F', { key: 'f', ctrlKey: true }, field, 'find'],
    ['finds Ctrl Shift F', { key: 'F', ctrlKey: true, shiftKey: true }, field, 'search'],
    ['finds Ctrl with plus on a shifted key', { key: '+', ctrlKey: true, shiftKey: true }, field, 'larger'],
    ['finds Ctrl with the equals key', { key: '=', ctrlKey: true }, field, 'larger'],
    ['finds Ctrl with plus of the number pad', { key: '+', code: 'NumpadAdd', ctrlKey: true }, field, 'larger'],
    ['finds Ctrl 0', { key: '0', ctrlKey: true }, field, 'reset-size'],
    ['finds Alt with the left arrow', { key: 'ArrowLeft', altKey: true }, list, 'back'],
    ['ignores Alt with the left arrow in a field', { key: 'ArrowLeft', altKey: true }, field, null],
    ['finds Ctrl Z', { key: 'z', ctrlKey: true }, list, 'undo'],
    ['ignores Ctrl Z in a field, which has its own undo', { key: 'z', ctrlKey: true }, field, null],
    ['ignores AltGr, which types letters', { key: 'k', ctrlKey: true, altKey: true }, list, null],
    ['finds F1', { key: 'F1' }, field, 'guide'],
    ['ignores a letter in a dialog', { key: 's' }, { ...list, isInDialog: true }, null],
    ['finds the text size keys in a dialog', { key: '=', ctrlKey: true }, { ...list, isInDialog: true }, 'larger'],
  ])('findCommand %s', (_name, given, context, command) => expect(findCommand(key(given), context)).toBe(command))
})

describe('shortcuts', () => {
  it('no two shortcuts have the same key, and each shortcut has a sentence in Vietnamese', () => {
    const keys = shortcuts.flatMap(({ letter, chord }) => [letter ?? [], chord ?? []].flat())
    expect(keys.filter((each, at) => keys.indexOf(each) !== at)).toEqual([])
    expect(shortcuts.filter(({ sentence }) => !(sentence in vietnamese))).toEqual([])
  })
})
