import { isHostMethod } from '../../shared/contract/method-routes'
import type { App } from '../app-interface'
import { createDispatch } from '../dispatch'
import type { Ports } from '../ports'
import { createHostHandlers } from './handlers'

/**
 * Joins the host that the user sits at to the process that holds the library, which may be this one. The table in
 * `src/shared/contract/method-routes.ts` says which of the two answers a method.
 */
export function joinHost(ports: Ports, library: App): App {
  const callHost = createDispatch(createHostHandlers(ports, library), ports.log)
  return {
    ...library,
    call: (method, input, caller) =>
      isHostMethod(method) ? callHost(method, input, caller) : library.call(method, input, caller),
  }
}
