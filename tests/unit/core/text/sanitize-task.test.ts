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
  it('createSanitizer sanitises a large body in a parsing thread', async () => {
    const { runTask, names } = countingRunner()
    expect(await createSanitizer(runTask)(hostile.repeat(5_000))).toBe(sanitizeBody(hostile.repeat(5_000)))
    expect(names).toEqual(['sanitize'])
  })

  it('createSanitizer sanitises a small body without a parsing thread', async () => {
    const { runTask, names } = countingRunner()
    expect(await createSanitizer(runTask)(hostile)).toBe('<p>Tin</p>')
    expect(names).toEqual([])
  })

  it('createSanitizer sanitises a large body itself if there are no parsing threads', async () => {
    expect(await createSanitizer(null)(hostile.repeat(5_000))).not.toContain('script')
  })
})
