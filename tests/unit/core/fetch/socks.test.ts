import { createServer } from 'node:https'
import { describe, expect, it } from 'vitest'
import { AppError, toErrorShape } from '../../../../src/shared/errors'
import { listen, shortLimits, startServer, testFetcher } from '../../support/network'
import { startSocksServer } from '../../support/socks-server'

const publicAddress = (): Promise<string[]> => Promise.resolve(['93.184.216.34'])
const unknownName = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
const { signal } = new AbortController()

async function portOf(text: string): Promise<number> {
  return Number(new URL((await startServer((_request, response) => response.end(text))).origin).port)
}

describe('a SOCKS proxy', () => {
  it.each([
    ['socks5h', '5 backan.gov.vn:80'],
    ['socks4a', '4 backan.gov.vn:80'],
  ])(
    'a SOCKS proxy with the scheme %s gets the host name, which only the proxy can resolve',
    async (scheme, expected) => {
      const { place, requests } = await startSocksServer(await portOf('qua SOCKS'))
      const proxyFor = (): Promise<string> => Promise.resolve(`${scheme}://${place}`)
      const { bytes, facts } = await testFetcher({ proxyFor, lookup: unknownName })('http://backan.gov.vn/tin', {
        signal,
      })
      expect(Buffer.from(bytes).toString()).toBe('qua SOCKS')
      expect(requests).toEqual([expected])
      expect(facts.ip).toBeNull()
    },
  )

  it.each([
    ['socks5', '5 93.184.216.34:80'],
    ['socks4', '4 93.184.216.34:80'],
  ])('a SOCKS proxy with the scheme %s gets the address that this machine has checked', async (scheme, expected) => {
    const { place, requests } = await startSocksServer(await portOf('qua SOCKS'))
    const proxyFor = (): Promise<string> => Promise.resolve(`${scheme}://${place}`)
    const { bytes } = await testFetcher({ proxyFor, lookup: publicAddress })('http://backan.gov.vn/tin', { signal })
    expect(Buffer.from(bytes).toString()).toBe('qua SOCKS')
    expect(requests).toEqual([expected])
  })

  it.each(['socks5h', 'socks5'])(
    'a SOCKS proxy with the scheme %s is not used for a private address',
    async (scheme) => {
      const { place, requests } = await startSocksServer(await portOf('trong'))
      const proxyFor = (): Promise<string> => Promise.resolve(`${scheme}://${place}`)
      const lookup = (): Promise<string[]> => Promise.resolve(['10.0.0.8'])
      const outcome = await testFetcher({ proxyFor, lookup })('http://trong.example/', { signal }).catch(toErrorShape)
      expect(outcome).toMatchObject({ code: 'private-address' })
      expect(requests).toEqual([])
    },
  )

  it('a SOCKS proxy does not weaken the check of a certificate', async () => {
    const port = await listen(createServer((_request, response) => response.end('x')))
    const { place, requests } = await startSocksServer(port)
    const proxyFor = (): Promise<string> => Promise.resolve(`socks5h://${place}`)
    const fetchAddress = testFetcher({ proxyFor, lookup: publicAddress })
    await expect(fetchAddress('https://backan.gov.vn/', { signal })).rejects.toBeInstanceOf(AppError)
    expect(requests).toEqual(['5 backan.gov.vn:443'])
  })

  it('a request fails with proxy-failed if the SOCKS proxy refuses the target', async () => {
    const { place } = await startSocksServer(9, 'refuses')
    const proxyFor = (): Promise<string> => Promise.resolve(`socks5h://${place}`)
    const fetchAddress = testFetcher({ proxyFor, lookup: publicAddress })
    const outcome = await fetchAddress('http://backan.gov.vn/', { signal }).catch(toErrorShape)
    expect(outcome).toMatchObject({ code: 'proxy-failed' })
  })

  it('a request ends within its time limit if the SOCKS proxy never answers', async () => {
    const { place } = await startSocksServer(9, 'is-silent')
    const proxyFor = (): Promise<string> => Promise.resolve(`socks5h://${place}`)
    const fetchAddress = testFetcher({ proxyFor, lookup: publicAddress, limits: { ...shortLimits, maxAttempts: 1 } })
    const outcome = await fetchAddress('http://backan.gov.vn/', { signal }).catch(toErrorShape)
    expect(outcome).toMatchObject({ code: 'timed-out' })
  })
})
