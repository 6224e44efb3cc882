/** A wheel event with Ctrl. A pinch on a touchpad sends many such events with small distances. */
export type Wheel = Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'timeStamp'>

/** The distance of one step in px. A notch of a mouse wheel is longer, and a single event of a pinch is shorter. */
const stepPx = 40
/** The height of a line, for browsers that report wheel distances in lines. */
const linePx = 33
/** The pause, in ms, after which the distance is counted from zero again. */
const restMs = 300

/** Turns wheel events into whole steps. A step away from the user is 1, and a step towards the user is -1. */
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
