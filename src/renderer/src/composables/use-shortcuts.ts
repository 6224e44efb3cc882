/** What a key asks for. */
export type Command =
  | 'larger'
  | 'smaller'
  | 'reset-size'
  | 'next'
  | 'previous'
  | 'star'
  | 'unread'
  | 'print'
  | 'help'
  | 'add'
  | 'import'
  | 'search'
  | 'highlight'
  | 'note'
  | 'listen'

/** Keys with Ctrl (Cmd): text size everywhere, print, open. They work in fields too. */
function withControl(key: string, code: string, shift: boolean): Command | null {
  if (shift && key.toLowerCase() === 'f') return 'search'
  if (key === '+' || key === '=' || code === 'NumpadAdd') return 'larger'
  if (key === '-' || key === '_' || code === 'NumpadSubtract') return 'smaller'
  if (key === '0' || code === 'Numpad0') return 'reset-size'
  if (key.toLowerCase() === 'p') return 'print'
  if (key.toLowerCase() === 'o') return 'import'
  // A browser keeps this one for itself; the desktop app's menu shows it.
  if (key.toLowerCase() === 'n' && !shift) return 'add'
  return null
}

const letters: Readonly<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  s: 'star',
  u: 'unread',
  p: 'print',
  h: 'highlight',
  n: 'note',
  l: 'listen',
  '+': 'larger',
  '-': 'smaller',
  '0': 'reset-size',
  '/': 'search',
  '?': 'help',
}

/** A key as the browser reports it. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>

/**
 * What a key asks for, or null. Single letters never act while an input method composes (Vietnamese typing), in a
 * field, with a modifier, or when the reader switched them off (WCAG 2.1.4).
 */
export function commandOf(
  key: Key,
  { isInField, letterKeys }: { isInField: boolean; letterKeys: boolean },
): Command | null {
  // 229: the key belongs to an input method, in browsers that do not say isComposing yet.
  if (key.isComposing || key.keyCode === 229 || key.altKey) return null
  if (key.ctrlKey || key.metaKey) return withControl(key.key, key.code, key.shiftKey)
  return isInField || !letterKeys ? null : (letters[key.key] ?? null)
}

/** Whether what has the focus takes typed text. */
export function isField(target: EventTarget | null): boolean {
  // Elements of the frame's document are no instances of this window's classes.
  const element = target as { tagName?: string; isContentEditable?: boolean; type?: string } | null
  if (element?.isContentEditable === true) return true
  const tag = element?.tagName?.toLowerCase()
  if (tag === 'textarea' || tag === 'select') return true
  return tag === 'input' && !['button', 'checkbox', 'radio', 'range', 'file', 'submit'].includes(element?.type ?? '')
}
