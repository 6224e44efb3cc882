import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { SocksProxyAgent } from 'socks-proxy-agent'
import { AppError } from '../../shared/errors'
import type { tlsOptions } from './tls'

/**
 * Whether a proxy resolves the names of hosts. A proxy with the scheme socks4 or socks5 connects to an IP address, which
 * this machine finds and checks. Every other proxy gets the name.
 */
export function resolvesNames(proxy: string): boolean {
  return !/^socks[45]:/i.test(proxy)
}

/** Creates an agent that connects through a proxy (HTTP, HTTPS or SOCKS) and keeps no connection. */
export function createProxyAgent(
  proxy: string,
  options: { isSecure: boolean; secured: ReturnType<typeof tlsOptions>; timeoutMs: number },
): HttpAgent {
  const { isSecure, secured, timeoutMs } = options
  if (/^socks/i.test(proxy)) return new SocksAgent(proxy, { timeout: timeoutMs })
  // Node reads the proxy from `proxyEnv` instead of the environment.
  const proxyEnv = { http_proxy: proxy, https_proxy: proxy }
  return isSecure ? new HttpsAgent({ ...secured, proxyEnv }) : new HttpAgent({ proxyEnv })
}

/** Reports a refusal by the proxy as `proxy-failed`. Errors of the system's network functions stay as they are. */
class SocksAgent extends SocksProxyAgent {
  override async connect(...parts: Parameters<SocksProxyAgent['connect']>): ReturnType<SocksProxyAgent['connect']> {
    try {
      return await super.connect(...parts)
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown) throw thrown
      throw new AppError('proxy-failed', `socks proxy: ${String(thrown)}`, {}, { cause: thrown })
    }
  }
}
