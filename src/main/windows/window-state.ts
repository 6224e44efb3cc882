import type { BrowserWindow } from 'electron'
import * as z from 'zod/mini'

/** The place and size of a window when it was closed, and the bulletin that it showed. */
const windowStateSchema = z.object({
  x: z.nullable(z.int()),
  y: z.nullable(z.int()),
  width: z.int().check(z.gte(400)),
  height: z.int().check(z.gte(400)),
  isMaximized: z.boolean(),
  bulletin: z._default(z.nullable(z.string()), null),
})
/** The type of the values that {@link windowStateSchema} accepts. */
export type WindowState = z.infer<typeof windowStateSchema>

/** The stored windows: the window that was closed last, and the windows that were open when the program ended. */
const storedWindowsSchema = z.object({ last: windowStateSchema, open: z.array(windowStateSchema) })
/** See {@link storedWindowsSchema}. */
export type StoredWindows = z.infer<typeof storedWindowsSchema>

/** Maximum number of windows that a start opens again. */
const maxRestoredWindows = 8

/** A rectangle in screen coordinates. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

const firstState: WindowState = { x: null, y: null, width: 1280, height: 800, isMaximized: false, bulletin: null }

/**
 * Reads the stored windows. Also reads the form of an earlier version, which stored one window. Returns the defaults
 * for any other value.
 */
export function parseStoredWindows(stored: unknown): StoredWindows {
  const parsed = storedWindowsSchema.safeParse(stored)
  if (parsed.success) return { ...parsed.data, open: parsed.data.open.slice(0, maxRestoredWindows) }
  const single = windowStateSchema.safeParse(stored)
  return { last: single.success ? single.data : firstState, open: [] }
}

/** Returns the state of an open window, without its bulletin. */
export function stateOf(window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>): WindowState {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, isMaximized: window.isMaximized(), bulletin: null }
}

/**
 * Returns the state for a new window. If the stored place is still visible on a screen, the window opens there.
 * Otherwise the window opens in the middle of the first screen. The window is never larger than the work area.
 */
export function usableState(state: WindowState, workAreas: readonly Area[]): WindowState {
  const { x, y } = state
  const isSeen = (area: Area): boolean =>
    x !== null &&
    y !== null &&
    x + 100 > area.x &&
    x < area.x + area.width - 100 &&
    y >= area.y &&
    y < area.y + area.height - 50
  const area = workAreas.find(isSeen) ?? workAreas[0]
  const size = {
    width: Math.min(state.width, area?.width ?? state.width),
    height: Math.min(state.height, area?.height ?? state.height),
  }
  return workAreas.some(isSeen) ? { ...state, ...size } : { ...state, ...size, x: null, y: null }
}
