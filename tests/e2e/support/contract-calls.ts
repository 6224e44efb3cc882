import type { BrowserContext, Page, Route } from '@playwright/test'
import type { CallResult, Method, Output } from '../../../src/shared/contract/api'

/** Calls a method of the contract from the page, in the same way as the interface. */
export async function call(page: Page, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, given]) => {
      if (window.bantin !== undefined)
        return (window.bantin as unknown as { call(...args: unknown[]): Promise<unknown> }).call(name, given)
      const answer = await fetch('/api/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ method: name, input: given }),
      })
      return (await answer.json()) as unknown
    },
    [method, input] as const,
  )
}

/**
 * Calls a method of the contract from the page and returns the value. Throws an error if the host answers with an
 * error.
 */
export async function valueOf<M extends Method>(page: Page, method: M, input: unknown): Promise<Output<M>> {
  // The cast is safe, because the host checks its own answers against the contract.
  const answer = (await call(page, method, input)) as CallResult<Output<M>>
  if (!answer.ok) throw new Error(`${method} failed: ${JSON.stringify(answer.error)}`)
  return answer.value
}

/** Follows an address as a source and returns the id of the source. The host sends no request to the address. */
export async function addSource(page: Page, url: string, name: string, kind: 'portal' | 'listing'): Promise<string> {
  const channels = kind === 'listing' ? { channels: [{ url, kind }] } : {}
  const { source } = await valueOf(page, 'addSource', { url, name, kind, ...channels })
  return source.id
}

/** Follows a port of this machine as a portal. No server answers at the port unless the test starts a portal. */
export function addLocalPortal(page: Page, port: number | string, name: string): Promise<string> {
  return addSource(page, `http://127.0.0.1:${port}/`, name, 'portal')
}

/** The answers to calls of the contract, by method. If an answer is undefined, the call goes to the host. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>>

/** Answers calls of the contract with given values instead of the host's answers. All other calls go to the host. */
export async function answerCalls(target: Page | BrowserContext, answers: Answers): Promise<void> {
  await target.route('**/api/call', (route) => {
    const { method, input } = callOf(route)
    const value = answers[method]?.(input)
    return value === undefined ? route.fallback() : route.fulfill({ json: { ok: true, value } })
  })
}

/** Answers the calls of one method instead of the host. Calls of all other methods go to the host. */
export async function interceptCalls(
  target: Page | BrowserContext,
  method: Method,
  reply: (route: Route, input: unknown) => Promise<void>,
): Promise<void> {
  await target.route('**/api/call', async (route) => {
    const { method: called, input } = callOf(route)
    if (called === method) await reply(route, input)
    else await route.fallback()
  })
}

function callOf(route: Route): { method: string; input: unknown } {
  // The cast is safe, because the interface sends a body of this shape.
  return route.request().postDataJSON() as { method: string; input: unknown }
}
