import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, describe, expect, it } from 'vitest'
import { addSystemCertificates } from '../../../../src/core/fetch/system-certificates'
import { fetchTyped, listen, testFetcher } from '../../support/network'

const folder = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tls')
const pem = (name: string): string => readFileSync(join(folder, name), 'utf8')
const roots = getCACertificates('default')
const withoutBreaks = (text: string): string => text.replaceAll(/\s/g, '')
afterAll(() => setDefaultCACertificates(roots))

describe('the certificate store of the system', () => {
  it('addSystemCertificates makes the program trust a server whose authority only the system knows', async () => {
    const server = createServer({ key: pem('server.key'), cert: pem('good.pem') }, (_request, response) =>
      response.end('Bắc Kạn'),
    )
    const address = `https://127.0.0.1:${await listen(server)}/`
    // Control: Node does not know the authority of this server.
    expect(await fetchTyped(testFetcher(), address)).toMatchObject({ code: 'bad-certificate' })
    const system = [(roots[0] ?? '').replaceAll('\n', '\r\n'), pem('ca.pem')]
    const stores = {
      getCACertificates: (type?: string) => (type === 'system' ? system : roots),
      setDefaultCACertificates,
    }
    expect(addSystemCertificates(stores)).toBe(1)
    expect(await fetchTyped(testFetcher(), address)).toMatchObject({ status: 200, facts: { tls: { validated: true } } })
    const now = new Set(getCACertificates('default').map(withoutBreaks))
    expect(roots.filter((root) => !now.has(withoutBreaks(root)))).toEqual([])
  })

  it("addSystemCertificates changes nothing if the store can't be read", () => {
    expect(addSystemCertificates({})).toBe(0)
    const fail = (): never => {
      throw new Error('no store')
    }
    expect(addSystemCertificates({ getCACertificates: fail, setDefaultCACertificates: fail })).toBe(0)
  })
})
