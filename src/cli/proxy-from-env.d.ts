declare module 'proxy-from-env' {
  /**
   * Returns the proxy for an address according to the environment (`https_proxy`, `no_proxy`, …). Returns an empty
   * string if no proxy is set.
   */
  export function getProxyForUrl(address: string): string
}
