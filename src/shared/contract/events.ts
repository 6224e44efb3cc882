import * as z from 'zod/mini'
import { refreshSchema } from '../refresh'
import { settingsSchema } from '../settings/settings'
import { jobSchema } from './results'

/** All events that a host sends to its clients. */
export const eventSchema = z.discriminatedUnion('type', [
  /** Bulletins were added, revised or removed. */
  z.object({ type: z.literal('bulletins-changed'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('status-changed'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('settings-changed'), settings: settingsSchema }),
  z.object({ type: z.literal('job-changed'), job: jobSchema }),
  /** The library was read-only because of a full disk, and is writable now. */
  z.object({ type: z.literal('library-state-changed') }),
  /** A source was added, changed, refreshed or removed. */
  z.object({ type: z.literal('sources-changed') }),
  /**
   * The state of a refresh. This event is sent a few times a second while the refresh runs, and once when its state
   * changes.
   */
  z.object({ type: z.literal('refresh-changed'), refresh: refreshSchema }),
  /** The user chose a command in the native menu of this window. */
  z.object({
    type: z.literal('command'),
    command: z.enum([
      'add',
      'add-source',
      'refresh-all',
      'refreshes',
      'import',
      'print',
      'save-pdf',
      'export',
      'larger',
      'smaller',
      'reset-size',
      'star',
      'settings',
      'back',
      'forward',
      'find',
      'search',
      'palette',
      'focus',
      'undo',
      'help',
      'guide',
      'backup',
      'data-folder',
      'report',
    ]),
  }),
])
/** The type of the values that {@link eventSchema} accepts. */
export type AppEvent = z.infer<typeof eventSchema>

/**
 * An event with its number. Numbers start at 1 when the host starts. A client that finds a gap, or a number that is not
 * higher than the last number, loads its data again. A `command` event goes to one window and has the number 0.
 */
export const numberedEventSchema = z.object({ number: z.int().check(z.nonnegative()), event: eventSchema })
/** The type of the values that {@link numberedEventSchema} accepts. */
export type NumberedEvent = z.infer<typeof numberedEventSchema>
