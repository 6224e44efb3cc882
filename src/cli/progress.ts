import type { WriteStream } from 'node:tty'

/**
 * Shows the progress of a job. On a terminal, the function rewrites one line. On any other stream, the function writes
 * a new line after every tenth of the work. The stream opens when there is progress to show.
 */
export function createProgress(open: () => WriteStream): {
  show(done: number, total: number, current: string): void
  end(): void
} {
  let lastTenth = 0
  let isLineOpen = false
  return {
    show(done, total, current) {
      if (total < 2) return
      const stream = open()
      if (stream.isTTY) {
        const line = `${done}/${total} ${current}`.slice(0, Math.max(20, stream.columns - 1))
        stream.write(`\r\u001b[K${line}`)
        isLineOpen = true
        return
      }
      const tenth = Math.floor((done * 10) / total)
      if (tenth > lastTenth) stream.write(`${done}/${total}\n`)
      lastTenth = tenth
    },
    end() {
      if (isLineOpen) open().write('\r\u001b[K')
      isLineOpen = false
    },
  }
}
