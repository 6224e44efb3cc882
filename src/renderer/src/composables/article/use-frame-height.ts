import { onScopeDispose, type Ref } from 'vue'

/**
 * Returns a function that calls `resume` when the frame has a height. A frame has no height before its first layout, and
 * while another view covers it. A later call replaces the waiting one.
 */
export function useFrameHeight(frame: Ref<HTMLElement | null>): (resume: () => void) => void {
  let waiting: ResizeObserver | null = null
  onScopeDispose(() => waiting?.disconnect())
  return (resume) => {
    const element = frame.value
    waiting?.disconnect()
    if (element === null) return
    const sizes = new ResizeObserver(() => {
      if (element.clientHeight === 0) return
      sizes.disconnect()
      resume()
    })
    waiting = sizes
    sizes.observe(element)
  }
}
