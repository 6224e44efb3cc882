import { isHostMethod } from '../../shared/contract/method-routes'
import type { App } from '../app-interface'
import { createDispatch } from '../dispatch'
import type { Ports } from '../ports'
import { createHostHandlers } from './handlers'

/**
 * Combines the methods of this host with the methods of the process that holds the library. This host and the holder
 * may be the same process. The table in `src/shared/contract/method-routes.ts` decides which of the two answers a
 * method.
 */
export function joinHost(ports: Ports, library: App): App {
  const callHost = createDispatch(createHostHandlers(ports, library), ports.log)
  return {
    ...library,
    call: (method, input, caller) =>
      isHostMethod(method) ? callHost(method, input, caller) : library.call(method, input, caller),
  }
}
