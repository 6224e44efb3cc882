import { networkInterfaces } from 'node:os'

/** Whether this machine is connected to a network, which means that it has an address other than a loopback address. */
export function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => !internal) ?? false)
}
