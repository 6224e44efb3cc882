// Checks the arguments that the app passes to Electron against Electron's own types. Without this check, the shim would
// accept any argument.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as TypeScript from 'typescript'

/** The values that a property of an options object may have. */
interface Property {
  isOptional: boolean
  /** The systems on which the property exists. Null if it exists on all systems. */
  platforms: string[] | null
  /** The allowed strings and booleans. Null if the type is not a union of literals. */
  values: (string | boolean)[] | null
  /** The allowed results of `typeof`. Null if every result is allowed. */
  kinds: string[] | null
  /**
   * The name of the interface of the object, or of the elements of the array. Null if the value is not checked further.
   */
  inner: string | null
}
type Interfaces = Record<string, { bases: string[]; properties: Record<string, Property> }>

/** The names of the interfaces whose objects the app passes to Electron. */
const checked = [
  'BrowserWindowConstructorOptions',
  'BaseWindowConstructorOptions',
  'WebPreferences',
  'WebContentsPrintOptions',
  'Margins',
  'PrintToPDFOptions',
  'MenuItemConstructorOptions',
  'MessageBoxOptions',
  'SaveDialogOptions',
  'OpenDialogOptions',
  'FileFilter',
  'CustomScheme',
  'Privileges',
  'NotificationConstructorOptions',
  'Settings',
  'Task',
]
const names: Readonly<Record<string, string>> = { macOS: 'darwin', darwin: 'darwin', win32: 'win32', linux: 'linux' }
const require = createRequire(import.meta.url)

let interfaces: Interfaces | null = null

/** Throws a TypeError if a value does not have the type of an Electron interface on this system. */
export function checkOptions(name: string, value: unknown, path = name): void {
  if (typeof value !== 'object' || value === null) throw new TypeError(`electron: ${path} must be an object`)
  const properties = propertiesOf(name)
  for (const [key, given] of Object.entries(value)) {
    const property = properties[key]
    if (property === undefined) throw new TypeError(`electron: ${path} has no option '${key}'`)
    if (given !== undefined) checkValue(property, given, `${path}.${key}`)
  }
  for (const [key, { isOptional }] of Object.entries(properties))
    if (!isOptional && (value as Record<string, unknown>)[key] === undefined)
      throw new TypeError(`electron: ${path} needs the option '${key}'`)
}

function checkValue({ platforms, values, kinds, inner }: Property, given: unknown, path: string): void {
  if (platforms !== null && !platforms.includes(process.platform))
    throw new TypeError(`electron: ${path} works on ${platforms.join(', ')} only`)
  if (values !== null && !values.includes(given as string))
    throw new TypeError(`electron: ${path} must be one of ${values.join(', ')}, not ${String(given)}`)
  if (kinds !== null && !kinds.includes(typeof given))
    throw new TypeError(`electron: ${path} must be ${kinds.join(' or ')}, not ${typeof given}`)
  if (inner === null || typeof given !== 'object' || given === null) return
  if (Array.isArray(given)) given.forEach((each, at) => checkOptions(inner, each, `${path}[${at}]`))
  else checkOptions(inner, given, path)
}

function propertiesOf(name: string): Record<string, Property> {
  interfaces ??= readInterfaces()
  const found = interfaces[name]
  if (found === undefined) throw new Error(`shim: Electron's types have no ${name}`)
  return Object.assign({}, ...found.bases.map(propertiesOf), found.properties) as Record<string, Property>
}

/** Reads the interfaces from a cache. Without the cache, reading Electron's types takes a second. */
function readInterfaces(): Interfaces {
  const folder = dirname(require.resolve('electron/package.json'))
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const cache = join(folder, '..', '.cache', 'electron-shim', `${version}-${checked.length}.json`)
  if (existsSync(cache)) return JSON.parse(readFileSync(cache, 'utf8')) as Interfaces
  const parsed = parseInterfaces(readFileSync(join(folder, 'electron.d.ts'), 'utf8'))
  mkdirSync(dirname(cache), { recursive: true })
  writeFileSync(cache, JSON.stringify(parsed))
  return parsed
}

function parseInterfaces(text: string): Interfaces {
  const ts = require('typescript') as typeof TypeScript
  const file = ts.createSourceFile('electron.d.ts', text, ts.ScriptTarget.Latest, true)
  const found: Interfaces = {}
  const visit = (node: TypeScript.Node): void => {
    if (ts.isInterfaceDeclaration(node) && checked.includes(node.name.text))
      found[node.name.text] = {
        bases: (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText())),
        properties: Object.fromEntries(
          node.members.flatMap((member) =>
            ts.isPropertySignature(member) ? [[member.name.getText(), propertyOf(ts, member)]] : [],
          ),
        ),
      }
    else ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function propertyOf(ts: typeof TypeScript, member: TypeScript.PropertySignature): Property {
  const platforms = ts
    .getJSDocTags(member)
    .filter(({ tagName }) => tagName.text === 'platform')
    .flatMap(({ comment }) => (typeof comment === 'string' ? comment.split(/[,\s]+/) : []))
    .flatMap((name) => names[name] ?? [])
  const type = member.type === undefined ? null : withoutBrackets(ts, member.type)
  const union = type !== null && ts.isUnionTypeNode(type) ? [...type.types] : type === null ? [] : [type]
  const literals = union.map((each) => literalOf(ts, withoutBrackets(ts, each)))
  const isEnum = literals.length > 0 && literals.every((each) => each !== null)
  const kinds = union.map((each) => kindOf(ts, withoutBrackets(ts, each)))
  return {
    isOptional: member.questionToken !== undefined,
    platforms: platforms.length === 0 ? null : platforms,
    values: isEnum ? literals : null,
    kinds: isEnum || kinds.includes(null) ? null : (kinds as string[]),
    inner: innerOf(union.map((each) => each.getText())),
  }
}

function withoutBrackets(ts: typeof TypeScript, type: TypeScript.TypeNode): TypeScript.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? withoutBrackets(ts, type.type) : type
}

function literalOf(ts: typeof TypeScript, type: TypeScript.TypeNode): string | null {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : null
}

/** Returns the result of `typeof` for the values of a type. Returns null if the type is not known here. */
function kindOf(ts: typeof TypeScript, type: TypeScript.TypeNode): string | null {
  if (type.kind === ts.SyntaxKind.StringKeyword || literalOf(ts, type) !== null) return 'string'
  if (type.kind === ts.SyntaxKind.NumberKeyword) return 'number'
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean'
  if (ts.isFunctionTypeNode(type)) return 'function'
  return ts.isArrayTypeNode(type) || checked.includes(type.getText()) ? 'object' : null
}

function innerOf(types: readonly string[]): string | null {
  const known = types.map((type) => /\b(\w+)\b/.exec(type)?.[1] ?? '').filter((name) => checked.includes(name))
  return known[0] ?? null
}

/** Matches the names of keys in an accelerator (Electron's documentation, "Keyboard Shortcuts"). */
const keys =
  /^(?:[0-9A-Z)!@#$%^&*(:;'"<,>.?/~`\-=[\]\\_{}|]|F(?:1\d|2[0-4]|[1-9])|Plus|Space|Tab|Capslock|Numlock|Scrolllock|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|PrintScreen|num(?:\d|dec|add|sub|mult|div))$/i
const modifiers = /^(?:Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/

/** Throws an error if a text is not an accelerator of Electron, such as "Ctrl+P". */
export function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+')
  const key = parts.pop() ?? ''
  if (!keys.test(key) || !parts.every((part) => modifiers.test(part)))
    throw new TypeError(`electron: '${accelerator}' is no accelerator`)
}
