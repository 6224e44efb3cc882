import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const everyMs = 30_000
const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | null = null

/** Returns the current time in ms. The value changes every half minute while a component uses the time. */
export function useNow(): Readonly<Ref<number>> {
  users += 1
  now.value = Date.now()
  timer ??= setInterval(() => (now.value = Date.now()), everyMs)
  onScopeDispose(() => {
    users -= 1
    if (users > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  })
  return readonly(now)
}
