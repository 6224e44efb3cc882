import * as z from 'zod/mini'

/** The place and the size of a window at the time when the window was closed. */
const windowStateSchema = z.object({
  x: z.nullable(z.int()),
  y: z.nullable(z.int()),
  width: z.int().check(z.gte(400)),
  height: z.int().check(z.gte(400)),
  isMaximized: z.boolean(),
})
/** The type of the values that {@link windowStateSchema} accepts. */
export type WindowState = z.infer<typeof windowStateSchema>

/** A rectangle in screen coordinates. */
export interface Area {
  x: number
  y: number
  width: number
  height: number
}

const firstState: WindowState = { x: null, y: null, width: 1280, height: 800, isMaximized: false }

/**
 * Returns the state for a new window. If the stored place is still visible on a screen, the window opens there.
 * Otherwise the window opens in the middle of the first screen. The window is never larger than the work area.
 */
export function usableState(stored: unknown, workAreas: readonly Area[]): WindowState {
  const parsed = windowStateSchema.safeParse(stored)
  const state = parsed.success ? parsed.data : firstState
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
