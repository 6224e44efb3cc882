import type { SentenceKey } from '../../../shared/locales/translate'

/** A command that a key, the command palette or the native menu can start. */
export type Command =
  | 'larger'
  | 'smaller'
  | 'reset-size'
  | 'next'
  | 'previous'
  | 'open'
  | 'star'
  | 'unread'
  | 'print'
  | 'export'
  | 'highlight'
  | 'note'
  | 'listen'
  | 'search'
  | 'find'
  | 'palette'
  | 'focus'
  | 'back'
  | 'forward'
  | 'new-window'
  | 'undo'
  | 'add'
  | 'add-source'
  | 'refresh-all'
  | 'refreshes'
  | 'import'
  | 'settings'
  | 'help'
  | 'guide'

/** A command with its name and its keys. Only the palette contains a command without keys. */
export interface Shortcut {
  command: Command
  sentence: SentenceKey
  /** A single key without Ctrl or Alt. The user can switch off all single keys. */
  letter?: string
  /** A key with Ctrl (Cmd), Ctrl Shift or Alt, or a function key: "Ctrl K", "Ctrl Shift F", "Alt ArrowLeft", "F1". */
  chord?: string
}

/** The commands that guests of `serve --read-only` can use. All other commands change or fetch something. */
const guestCommands: ReadonlySet<string> = new Set<Command>([
  ...(['larger', 'smaller', 'reset-size', 'next', 'previous', 'open', 'print', 'export', 'listen'] as const),
  ...(['search', 'find', 'palette', 'focus', 'back', 'forward', 'new-window', 'settings', 'help', 'guide'] as const),
])

/** Whether a command works for guests. `save-pdf` of the native menu never reaches guests. */
export function isGuestCommand(command: string): boolean {
  return guestCommands.has(command)
}

/** All shortcuts. The key handler, the help sheet and the palette use this list. */
export const shortcuts: readonly Shortcut[] = [
  { command: 'next', sentence: 'ui.next', letter: 'j' },
  { command: 'previous', sentence: 'ui.previous', letter: 'k' },
  { command: 'open', sentence: 'ui.open-bulletin', letter: 'o' },
  { command: 'star', sentence: 'menu.star', letter: 's' },
  { command: 'unread', sentence: 'ui.toggle-read', letter: 'u' },
  { command: 'print', sentence: 'menu.print', letter: 'p', chord: 'Ctrl P' },
  { command: 'export', sentence: 'ui.export', letter: 'e' },
  { command: 'highlight', sentence: 'ui.highlight', letter: 'h' },
  { command: 'note', sentence: 'ui.note', letter: 'n' },
  { command: 'listen', sentence: 'ui.listen', letter: 'l' },
  { command: 'larger', sentence: 'ui.larger', letter: '+', chord: 'Ctrl +' },
  { command: 'smaller', sentence: 'ui.smaller', letter: '-', chord: 'Ctrl -' },
  { command: 'reset-size', sentence: 'ui.size-100', letter: '0', chord: 'Ctrl 0' },
  { command: 'focus', sentence: 'ui.focus-mode', letter: 'f' },
  { command: 'find', sentence: 'ui.find-in-page', chord: 'Ctrl F' },
  { command: 'search', sentence: 'ui.search', letter: '/', chord: 'Ctrl Shift F' },
  { command: 'palette', sentence: 'ui.palette', chord: 'Ctrl K' },
  { command: 'back', sentence: 'ui.go-back', chord: 'Alt ArrowLeft' },
  { command: 'forward', sentence: 'ui.go-forward', chord: 'Alt ArrowRight' },
  { command: 'new-window', sentence: 'ui.open-in-new', chord: 'Ctrl Enter' },
  { command: 'undo', sentence: 'ui.undo', chord: 'Ctrl Z' },
  // This shortcut works on the desktop only, because a browser opens a new window with Ctrl N.
  { command: 'add', sentence: 'ui.add', chord: 'Ctrl N' },
  { command: 'add-source', sentence: 'sources.add' },
  { command: 'refresh-all', sentence: 'log.refresh-all' },
  { command: 'refreshes', sentence: 'log.title' },
  { command: 'import', sentence: 'ui.import', chord: 'Ctrl O' },
  { command: 'settings', sentence: 'ui.settings', chord: 'Ctrl ,' },
  { command: 'guide', sentence: 'ui.guide', chord: 'F1' },
  { command: 'help', sentence: 'ui.help', letter: '?' },
]

const byLetter = new Map(
  shortcuts.flatMap(({ letter, command }) => (letter === undefined ? [] : [[letter, command] as const])),
)
const byChord = new Map(
  shortcuts.flatMap(({ chord, command }) => (chord === undefined ? [] : [[chord, command] as const])),
)

/** A key as the browser reports it. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>

/** The state of the window when a key is pressed, and whether single letters are on. */
export interface KeyContext {
  isInField: boolean
  /** Whether a dialog is open. While a dialog is open, only the commands for the text size work. */
  isInDialog?: boolean
  letterKeys: boolean
}

const sizes: readonly string[] = ['larger', 'smaller', 'reset-size'] satisfies Command[]

/** Whether a command works while a dialog is open. Only the commands for the text size do. */
export function worksInDialog(command: string): boolean {
  return sizes.includes(command)
}

/**
 * Finds the command of a pressed key, or returns null. A single letter is no command while an input method composes
 * (Vietnamese typing), while a field has the focus, or with a modifier key. Single letters are also no commands if the
 * user has switched letter keys off (WCAG 2.1.4).
 */
export function findCommand(key: Key, { isInField, isInDialog = false, letterKeys }: KeyContext): Command | null {
  // Browsers that do not set isComposing report the key code 229 for the keys of an input method.
  if (key.isComposing || key.keyCode === 229) return null
  const chord = byChord.get(chordOf(key))
  const letter = isInField || !letterKeys || hasModifier(key) ? undefined : byLetter.get(key.key)
  const command = chord ?? letter ?? null
  if (isInDialog && (command === null || !worksInDialog(command))) return null
  // A text field has its own undo, and on some systems Alt with an arrow key moves by words in the field.
  return isInField && (command === 'undo' || command === 'back' || command === 'forward') ? null : command
}

function hasModifier({ ctrlKey, metaKey, altKey }: Key): boolean {
  return ctrlKey || metaKey || altKey
}

/**
 * Returns the pressed keys in the notation of `shortcuts`, for example "Ctrl Shift F". Returns "" for a plain key that
 * is not a function key.
 */
function chordOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: Key): string {
  const control = ctrlKey || metaKey
  // AltGr, which types letters on some keyboards, is reported as Ctrl with Alt.
  if (control && altKey) return ''
  if (altKey) return `Alt ${key}`
  if (!control) return /^F\d+$/.test(key) ? key : ''
  // On most keyboards, plus needs Shift. The number pad has a key for plus.
  if (key === '+' || key === '=' || code === 'NumpadAdd') return 'Ctrl +'
  if (key === '-' || key === '_' || code === 'NumpadSubtract') return 'Ctrl -'
  if (key === '0' || code === 'Numpad0') return 'Ctrl 0'
  return `Ctrl ${shiftKey ? 'Shift ' : ''}${key.length === 1 ? key.toUpperCase() : key}`
}

/** Splits a shortcut into the labels of its keys: "Ctrl", "Shift", "F". */
export function keyCaps(keys: string): string[] {
  const shown: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', '-': '−' }
  return keys.split(' ').map((cap) => shown[cap] ?? cap)
}

/** Tells whether the user can type text into an element. */
export function isField(target: EventTarget | null): boolean {
  // The frame has its own Element class, so `instanceof` returns false with this window's class.
  const element = target as { tagName?: string; isContentEditable?: boolean; type?: string } | null
  if (element?.isContentEditable === true) return true
  const tag = element?.tagName?.toLowerCase()
  if (tag === 'textarea' || tag === 'select') return true
  return tag === 'input' && !['button', 'checkbox', 'radio', 'range', 'file', 'submit'].includes(element?.type ?? '')
}
