declare module 'proxy-from-env' {
  /** The proxy that the environment (`https_proxy`, `no_proxy`, …) names for an address; empty for none. */
  export function getProxyForUrl(address: string): string
}
