import * as tls from 'node:tls'

/** The functions of `node:tls` that read and set the trusted authorities. Node 20 has neither of them. */
export type CertificateStores = Partial<
  Pick<typeof import('node:tls'), 'getCACertificates' | 'setDefaultCACertificates'>
>

let isDone = false

/**
 * Trusts the authorities of the system's certificate store for all downloads of this process, beside the authorities of
 * Node. Some offices read https traffic with an authority of their own, which their Windows trusts. Without this
 * function, the program would refuse each certificate there. Reads the store once, because reading takes a moment.
 */
export function trustSystemCertificates(): void {
  if (isDone) return
  isDone = true
  addSystemCertificates(tls)
}

/** Adds the authorities of the system. Returns the number of added authorities, which is 0 if this Node cannot do so. */
export function addSystemCertificates({ getCACertificates, setDefaultCACertificates }: CertificateStores): number {
  if (getCACertificates === undefined || setDefaultCACertificates === undefined) return 0
  try {
    const trusted = getCACertificates('default')
    const known = new Set(trusted.map(withoutBreaks))
    const added = getCACertificates('system').filter((certificate) => !known.has(withoutBreaks(certificate)))
    if (added.length > 0) setDefaultCACertificates([...trusted, ...added])
    return added.length
  } catch {
    return 0 // The store cannot be read. The authorities of Node stay in place.
  }
}

/** The text of a certificate without line breaks, because the stores break the same certificate in different places. */
function withoutBreaks(certificate: string): string {
  return certificate.replaceAll(/\s/g, '')
}
