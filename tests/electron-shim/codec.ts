/**
 * Creates the functions that turn a value into JSON and back, in the same way as a structured clone. The function uses
 * no names from outside itself, because its source is also injected into pages.
 */
export function createCodec(): { encode(value: unknown): unknown; decode(value: unknown): unknown } {
  const toBase64 = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768))
    return btoa(text)
  }
  const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const encode = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'bigint') return { $: 'bigint', value: String(value) }
    if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', value: String(value) }
    if (value === null || typeof value !== 'object') return value
    if (value instanceof Date) return { $: 'date', value: value.getTime() }
    if (value instanceof ArrayBuffer) return { $: 'bytes', value: toBase64(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value))
      return { $: 'bytes', value: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
    if (value instanceof Error) return { $: 'error', value: value.message }
    if (Array.isArray(value)) return value.map(encode)
    return { $: 'object', value: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)])) }
  }
  const decode = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(decode)
    const { $: kind, value: content } = value as { $: string; value: unknown }
    if (kind === 'undefined') return undefined
    if (kind === 'bigint') return BigInt(String(content))
    if (kind === 'number') return Number(content)
    if (kind === 'date') return new Date(Number(content))
    if (kind === 'bytes') return fromBase64(String(content))
    if (kind === 'error') return new Error(String(content))
    return Object.fromEntries(Object.entries(content as object).map(([key, item]) => [key, decode(item)]))
  }
  return { encode, decode }
}
