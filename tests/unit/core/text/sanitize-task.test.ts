import { describe, expect, it } from 'vitest'
import { sanitizeBody } from '../../../../src/core/text/sanitize'
import { createSanitizer } from '../../../../src/core/text/sanitize-task'
import type { RunTask } from '../../../../src/core/threads/task'

/** Counts the tasks and does them with the function of the task. */
function countingRunner(): { runTask: RunTask; names: string[] } {
  const names: string[] = []
  const runTask = (task: { name: string }, { html }: { html: string }): Promise<string> => {
    names.push(task.name)
    return Promise.resolve(sanitizeBody(html))
  }
  return { runTask: runTask as RunTask, names }
}

const hostile = '<p onclick="x()">Tin<script>x()</script></p>'

describe('createSanitizer', () => {
  it('sanitises a large body in a thread', async () => {
    const { runTask, names } = countingRunner()
    expect(await createSanitizer(runTask)(hostile.repeat(5_000))).toBe(sanitizeBody(hostile.repeat(5_000)))
    expect(names).toEqual(['sanitize'])
  })

  it('sanitises a small body at once', async () => {
    const { runTask, names } = countingRunner()
    expect(await createSanitizer(runTask)(hostile)).toBe('<p>Tin</p>')
    expect(names).toEqual([])
  })

  it('sanitises a large body without threads', async () => {
    expect(await createSanitizer(null)(hostile.repeat(5_000))).not.toContain('script')
  })
})
