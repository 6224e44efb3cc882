declare module 'proxy-from-env' {
  /**
   * The proxy for an address by the environment (`https_proxy`, `no_proxy`, …). Returns an empty string if no proxy is
   * set.
   */
  export function getProxyForUrl(address: string): string
}
