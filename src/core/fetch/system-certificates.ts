import * as tls from 'node:tls'

/** The functions of `node:tls` that read and set the trusted certificate authorities. Node 20 does not have them. */
export type CertificateStores = Partial<
  Pick<typeof import('node:tls'), 'getCACertificates' | 'setDefaultCACertificates'>
>

let isDone = false

/**
 * Makes all downloads of this process trust the certificate authorities in the store of the operating system, in
 * addition to those of Node. Some offices decrypt https traffic with their own authority, which Windows trusts there.
 * Without this function, every certificate would be refused in such an office. The store is read only once, because
 * reading takes a moment.
 */
export function trustSystemCertificates(): void {
  if (isDone) return
  isDone = true
  addSystemCertificates(tls)
}

/**
 * Adds the certificate authorities of the system. Returns how many were added: 0 if this version of Node has no such
 * function.
 */
export function addSystemCertificates({ getCACertificates, setDefaultCACertificates }: CertificateStores): number {
  if (getCACertificates === undefined || setDefaultCACertificates === undefined) return 0
  try {
    const trusted = getCACertificates('default')
    const known = new Set(trusted.map(withoutBreaks))
    const added = getCACertificates('system').filter((certificate) => !known.has(withoutBreaks(certificate)))
    if (added.length > 0) setDefaultCACertificates([...trusted, ...added])
    return added.length
  } catch {
    return 0 // The store can't be read. The authorities of Node stay trusted.
  }
}

/**
 * Returns the text of a certificate without line breaks. Two stores may break the lines of the same certificate
 * differently.
 */
function withoutBreaks(certificate: string): string {
  return certificate.replaceAll(/\s/g, '')
}
