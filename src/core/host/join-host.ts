import { isHostMethod } from '../../shared/contract/method-routes'
import type { App } from '../app-interface'
import { createDispatch } from '../dispatch'
import type { Ports } from '../ports'
import { createHostHandlers } from './handlers'

/**
 * Combines the methods of this host with those of the process that holds the library, which may be this process. The
 * table in `src/shared/contract/method-routes.ts` decides whether this host or the holder answers a method.
 */
export function joinHost(ports: Ports, library: App): App {
  const callHost = createDispatch(createHostHandlers(ports, library), ports.log)
  return {
    ...library,
    call: (method, input, caller) =>
      isHostMethod(method) ? callHost(method, input, caller) : library.call(method, input, caller),
  }
}
