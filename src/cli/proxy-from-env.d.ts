declare module 'proxy-from-env' {
  /** The proxy for an address by the environment (`https_proxy`, `no_proxy`, …). Returns an empty string for none. */
  export function getProxyForUrl(address: string): string
}
