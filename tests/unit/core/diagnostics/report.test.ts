import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createReport, withoutPerson } from '../../../../src/core/diagnostics/report'
import { testPorts } from '../../support/app'

const person = { userName: 'hoa', home: ['', 'home', 'hoa'].join('/') }

describe('a report', () => {
  it.each<[string, string, string]>([
    ['replaces the home path', `read ${person.home}/bantin/library`, 'read ~/bantin/library'],
    ['replaces the user’s name', 'user HOA wrote', 'user (user) wrote'],
    ['keeps a word that only contains the name', 'hoang, xhoa', 'hoang, xhoa'],
    [
      'replaces the title in the name of a bulletin’s folder',
      'bulletins/2020/09/2020-09-08-day-manh-phong-trao-7k3m9x2a/status.json',
      'bulletins/2020/09/2020-09-08-…-7k3m9x2a/status.json',
    ],
  ])('a report %s', (_name, text, clean) => expect(withoutPerson(text, person)).toBe(clean))

  it('in a report, a home path of Windows is replaced, whichever slashes the path has', () => {
    const home = ['C:', 'Users', 'Hoa'].join('\\')
    const text = `${home}\\bantin ${home.replaceAll('\\', '/')}/x ${JSON.stringify(home)}`
    expect(withoutPerson(text, { userName: 'Hoa', home })).not.toMatch(/hoa/i)
  })

  it('a report contains versions, the state of the library and the log, but not the name of the user', async () => {
    const root = await mkdtemp(join(tmpdir(), 'hoa-report-'))
    const ports = testPorts(root)
    await mkdir(join(ports.paths.config, 'logs'), { recursive: true })
    await writeFile(join(ports.paths.config, 'logs', '2026-11-24.log'), `open ${root}/x\n`)
    const text = await createReport(ports, { bulletins: 12, readOnly: false }, { userName: 'hoa', home: root })
    expect(text).toContain('bulletins: 12')
    expect(text).toContain(`Node ${process.versions.node}`)
    expect(text).toContain('log (1 lines):\nopen ~/x\n')
    expect(text).not.toContain('hoa')
    await rm(root, { recursive: true, force: true })
  })
})
