import type { Ports } from '../ports'
import type { UpdateChecks } from './update-checks'

/**
 * Creates the update checks of a host on first use, because no command needs them. `isOn` says whether the user allows
 * automatic checks.
 */
export function createUpdates(ports: Ports, isOn: () => Promise<boolean>): () => Promise<UpdateChecks> {
  let created: Promise<UpdateChecks> | null = null
  const create = async (): Promise<UpdateChecks> => {
    const { createUpdateChecks } = await import('./update-checks')
    const { compiledUpdateSource } = await import('./update-source')
    const { createFetcher } = await import('../fetch/fetcher')
    const { trustSystemCertificates } = await import('../fetch/system-certificates')
    const { host, clock } = ports
    return createUpdateChecks({
      ports,
      version: host.version,
      source: compiledUpdateSource(),
      installer: ports.updateInstaller ?? null,
      isOn,
      fetch() {
        trustSystemCertificates()
        const proxyFor = (address: string): Promise<string | null> => ports.proxyFor(address)
        return createFetcher({ version: host.version, clock, proxyFor, isAccepted: () => false })
      },
    })
  }
  return () => (created ??= create())
}
