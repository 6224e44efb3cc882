/** A wheel with Ctrl as the browser reports it; a pinch on a touchpad comes as many small ones. */
export type Wheel = Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'timeStamp'>

/** So far, px, is one step: less than a notch of a mouse, more than a pinch moves in one event. */
const stepPx = 40
/** A line of browsers that count in lines, px. */
const linePx = 33
/** After such a rest, ms, another turn begins. */
const restMs = 300

/** Makes whole steps of a turning wheel: 1 is away from the reader, -1 towards. */
export function useWheelSteps(step: (direction: 1 | -1) => void): (wheel: Wheel) => void {
  let turned = 0
  let last = -Infinity
  return ({ deltaY, deltaMode, timeStamp }) => {
    const delta = deltaMode === 0 ? deltaY : deltaY * linePx
    if (timeStamp - last > restMs || turned * delta < 0) turned = 0
    last = timeStamp
    turned += delta
    if (Math.abs(turned) < stepPx) return
    step(turned < 0 ? 1 : -1)
    turned = 0
  }
}
