import type { App } from '../core/app'
import type { Input, Method, Output } from '../shared/contract/api'
import { AppError } from '../shared/errors'

/** Calls a method of the contract in this process; an error comes back as the {@link AppError} it was. */
export async function callMethod<M extends Method>(
  app: Pick<App, 'call'>,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const answer = await app.call(method, input)
  // The dispatch answers a method with that method's output.
  if (answer.ok) return answer.value as Output<M>
  throw new AppError(answer.error.code, answer.error.message, answer.error.details)
}
