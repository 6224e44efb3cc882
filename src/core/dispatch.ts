import { type CallResult, type Input, type Method, methods, type Output } from '../shared/contract/api'
import { AppError, toErrorShape } from '../shared/errors'
import type { Log } from './ports'

/** One function per method; its input has been checked. */
export type Handlers = { [M in Method]: (input: CheckedInput<M>) => Promise<Output<M>> | Output<M> }

/** What a method's schema gives back for a good input. */
export type CheckedInput<M extends Method> = ReturnType<(typeof methods)[M]['input']['parse']> & Input<M>

/**
 * Answers calls from outside: first the method must be one of the contract, then its input must fit; what goes
 * wrong comes back as data. Never throws.
 */
export function createDispatch(
  handlers: Partial<Handlers>,
  log: Log,
): (method: unknown, input: unknown) => Promise<CallResult<unknown>> {
  return async (method, input) => {
    try {
      if (typeof method !== 'string' || !isMethod(method))
        throw new AppError('unknown-method', `call: no method ${String(method).slice(0, 100)}`)
      const parsed = methods[method].input.safeParse(input)
      if (!parsed.success) throw new AppError('invalid-input', `call ${method}: ${parsed.error.message}`)
      // The schema of this very method made the value; the compiler can't join the two over a union of methods.
      const handle = handlers[method] as ((input: unknown) => unknown) | undefined
      if (handle === undefined) throw new AppError('unknown-method', `call: ${method} is not answered here`)
      return { ok: true, value: await handle(parsed.data) }
    } catch (thrown) {
      const error = toErrorShape(thrown)
      if (error.code === 'internal') log.warn(`call ${String(method).slice(0, 100)}: failed`, thrown)
      return { ok: false, error }
    }
  }
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(methods, name)
}
