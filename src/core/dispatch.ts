import { type CallResult, type Input, type Method, methods, type Output } from '../shared/contract/api'
import { type Caller, methodRoutes } from '../shared/contract/method-routes'
import { AppError, toErrorShape } from '../shared/errors'
import { toGuestError } from './guests/guest-view'
import type { Log } from './ports'

/**
 * The functions that answer the methods of the contract, one for each method. Each function receives input that has
 * already been checked.
 */
export type Handlers = { [M in Method]: (input: CheckedInput<M>, caller: Caller) => Promise<Output<M>> | Output<M> }

/** The input of a method after its schema has checked it. */
export type CheckedInput<M extends Method> = ReturnType<(typeof methods)[M]['input']['parse']> & Input<M>

/** Calls a method and returns the method's result or error as data. */
export type Dispatch = (method: unknown, input: unknown, caller?: Caller) => Promise<CallResult<unknown>>

/**
 * Creates the function that answers calls from outside the core. It first checks the method, then the rights of the
 * caller, then the input. It never throws. Every failure is returned as data, with the code `unknown-method`,
 * `forbidden`, `invalid-input`, or a code that the handler throws. An error for a guest (a client of `serve
 * --read-only`) contains no paths.
 */
export function createDispatch(handlers: Partial<Handlers>, log: Log): Dispatch {
  return async (method, input, caller = 'page') => {
    try {
      if (typeof method !== 'string' || !isMethod(method) || isHidden(method, caller))
        throw new AppError('unknown-method', `call: no method ${String(method).slice(0, 100)}`)
      if (caller === 'guest' && !methodRoutes[method].guests)
        throw new AppError('forbidden', `call ${method}: guests may not call this method`)
      const parsed = methods[method].input.safeParse(input)
      if (!parsed.success) throw new AppError('invalid-input', `call ${method}: ${parsed.error.message}`)
      // The cast is safe, because the schema of the same method parsed the value. TypeScript cannot infer the type for
      // a union of methods.
      const handle = handlers[method] as ((input: unknown, caller: Caller) => unknown) | undefined
      if (handle === undefined) throw new AppError('unknown-method', `call: no handler for ${method}`)
      return { ok: true, value: await handle(parsed.data, caller) }
    } catch (thrown) {
      const error = toErrorShape(thrown)
      if (error.code === 'internal') log.warn(`call ${String(method).slice(0, 100)}: failed`, thrown)
      return { ok: false, error: caller === 'guest' ? toGuestError(error) : error }
    }
  }
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name)
}

/** Whether a method is hidden from this caller. Methods that only programs may call do not exist for other callers. */
function isHidden(method: Method, caller: Caller): boolean {
  return methodRoutes[method].route === 'program' && caller !== 'program'
}
