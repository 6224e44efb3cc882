/** Whether an address may be opened outside the program: http, https or mailto. */
export function isExternalAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol)
}
