import type { Input, Method, Output } from '../shared/contract/api'
import { AppError } from '../shared/errors'
import type { App } from './app-interface'

/**
 * Calls a method of the contract with the rights of a program of this machine. If the method fails, throws its error as
 * an {@link AppError}.
 */
export async function callMethod<M extends Method>(
  app: Pick<App, 'call'>,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const result = await app.call(method, input, 'program')
  // The cast is safe, because the dispatcher returns the output type of the called method.
  if (result.ok) return result.value as Output<M>
  throw new AppError(result.error.code, result.error.message, result.error.details)
}
