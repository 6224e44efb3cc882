import type { Input, Method, Output } from '../shared/contract/api'
import { AppError } from '../shared/errors'
import type { App } from './app-interface'

/** Calls a method as a program of this machine. Throws the {@link AppError} that the method answers. */
export async function callMethod<M extends Method>(
  app: Pick<App, 'call'>,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const result = await app.call(method, input, 'program')
  // The dispatch answers a method with the output of that method.
  if (result.ok) return result.value as Output<M>
  throw new AppError(result.error.code, result.error.message, result.error.details)
}
