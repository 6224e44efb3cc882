import type { AppEvent, NumberedEvent } from '../shared/contract/api'

/** The events that the program sends to its clients from its start to its end. */
export interface Events {
  /** Sends an event to every listener. Each event gets the next number, and the first event has the number 1. */
  emit(event: AppEvent): void
  /** Adds a listener. Returns the function that removes the listener. */
  on(listener: (event: NumberedEvent) => void): () => void
}

/** Creates the events of one run of the program, without listeners. */
export function createEvents(): Events {
  const listeners = new Set<(event: NumberedEvent) => void>()
  let number = 0
  return {
    emit(event) {
      number += 1
      for (const listener of listeners) listener({ number, event })
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
