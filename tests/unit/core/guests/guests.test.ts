// Tests for guests, the clients of `serve --read-only` (docs/security.md#guests). They call every method of the
// contract as a guest, and look for private data in the answers and for changes on the disk.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { unzipSync } from 'fflate/browser'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { App } from '../../../../src/core/app-interface'
import { createApp } from '../../../../src/core/app'
import { callMethod } from '../../../../src/core/call-method'
import type { CallResult, Job, Method } from '../../../../src/shared/contract/api'
import { methodRoutes } from '../../../../src/shared/contract/method-routes'
import { createVerificationCode } from '../../../../src/shared/print/verification-code'
import { testPorts } from '../../support/app'
import { folderOf, html, importAll } from '../../support/import'
import { temporaryFolder } from '../../support/library'
import { pdf, png, startPortal, type Portal } from '../../support/portal'
import { guestCalls, type GuestTargets } from './guest-calls'

/** Texts that no guest may ever receive. */
const secrets = {
  note: 'BIMAT-GHICHU',
  highlight: 'bimatdanhdau',
  label: 'BIMAT-NHAN',
  folder: 'BIMAT-THUMUC',
  trash: 'BIMAT-THUNGRAC',
  page: 'BIMAT-BANLUU',
  fileName: 'BIMAT-TENTEP',
  host: 'bimat-caidat.example',
  office: 'BIMAT-COQUAN',
  source: 'BIMAT-NGUON',
  path: 'BIMAT-DUONGDAN',
}

let root: string
let owner: App
let guest: App
let portal: Portal
let targets: GuestTargets
/** The HTML of the editions that guests printed. */
let printed: string[]

beforeEach(async () => {
  root = join(await temporaryFolder(), secrets.path)
  await mkdir(join(root, 'tmp'), { recursive: true })
  const temp = process.env['TMPDIR']
  portal = await startPortal({ '/': { body: html('') } })
  const original = await folderOf({
    [`${secrets.fileName}.html`]: html(
      '<img src="anh_files/a.png"><a href="anh_files/a.pdf">Văn bản</a>',
      `<!-- ${secrets.page} -->`,
    ),
    'anh_files/a.png': png,
    'anh_files/a.pdf': pdf,
    'rac.html': `<h1>Tin họp ${secrets.trash}</h1><p>${'Một đoạn trong thùng rác. '.repeat(9)}</p>`,
  })
  process.env['TMPDIR'] = join(root, 'tmp')
  // Registered first, so that a later failure of this function does not change the folder of the next test.
  onTestFinished(() => {
    if (temp === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = temp
  })
  const ports = testPorts(join(root, 'library'))
  const paths = { ...ports.paths, config: join(root, 'config'), cache: join(root, 'cache') }
  owner = await createApp({ ...ports, paths }, { access: 'write', offerSample: false, workers: null })
  const { added } = await importAll(owner, [original])
  const [id = '', trashed = ''] = [secrets.fileName, 'rac'].map(
    (name) => added.find(({ path }) => path.includes(name))?.id ?? '',
  )
  const passage = { quote: 'phiên họp', prefix: '', suffix: '', start: 0 }
  const mark = { passage, revision: 1, made: '2026-11-24T03:15:00Z' }
  await callMethod(owner, 'keepMarks', {
    id,
    highlights: [{ id: secrets.highlight, ...mark }],
    notes: [{ id: 'ghichu0001', ...mark, text: secrets.note, changed: mark.made }],
  })
  await callMethod(owner, 'markBulletins', {
    ids: [id],
    starred: true,
    addTags: [secrets.label],
    folder: secrets.folder,
  })
  await callMethod(owner, 'keepPosition', { id, position: { block: 1, offset: 0 } })
  const trashedDigest = (await callMethod(owner, 'getBulletin', { id: trashed })).revision.digest
  await callMethod(owner, 'trashBulletins', { ids: [trashed] })
  await callMethod(owner, 'changeSettings', {
    acceptedHosts: [secrets.host],
    printOptions: { a4: { office: secrets.office } },
  })
  await callMethod(owner, 'addSource', {
    url: `${portal.origin}/${secrets.source}`,
    kind: 'feed',
    name: secrets.source,
  })
  const bulletin = await callMethod(owner, 'getBulletin', { id })

  printed = []
  guest = await createApp(
    {
      ...ports,
      paths,
      openPrintEngine: () =>
        Promise.resolve({
          print: (page) => {
            printed.push(page)
            return Promise.resolve(new Uint8Array(pdf))
          },
          close: () => Promise.resolve(),
        }),
    },
    { access: 'read', isForGuests: true, offerSample: true, workers: null },
  )
  onTestFinished(async () => {
    await guest.close()
    await owner.close()
    await portal.stop()
  })
  targets = {
    ...{ id, trashed },
    ...{
      file: bulletin.figures[0]?.file ?? '',
      attachment: bulletin.attachments[0]?.file ?? '',
      address: `${portal.origin}/`,
      path: original,
    },
    ...{ label: secrets.label, folder: secrets.folder, jobId: 'none' },
    codes: [bulletin.revision.digest, trashedDigest].map(createVerificationCode),
  }
}, 60_000)

type Call = (method: Method, input: unknown) => Promise<CallResult<unknown>>

/** Returns the contents of the library, the config folder and the temporary folder, without SQLite's own lock file. */
async function readDisk(): Promise<Map<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile() && !entry.name.endsWith('.sqlite-shm'))
  const contents = new Map(
    found.filter((entry) => entry.isDirectory()).map((each) => [join(each.parentPath, each.name), '']),
  )
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name)
    contents.set(
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    )
  }
  return contents
}

/** Returns the texts of a job that has ended: the job as JSON, and the contents of its files. */
async function readJob(call: Call, jobId: string): Promise<string[]> {
  for (;;) {
    const found = await call('getJob', { jobId })
    if (!found.ok) return [JSON.stringify(found)]
    const job = found.value as Job
    if (job.state === 'running') {
      await sleep(5)
      continue
    }
    const files = job.result !== null && 'files' in job.result ? job.result.files : []
    const texts = [JSON.stringify(job)]
    for (const { path } of files) {
      const bytes = new Uint8Array((await (await guest.page(path))?.arrayBuffer()) ?? [])
      texts.push(Buffer.from(bytes).toString())
      if (path.endsWith('.epub'))
        texts.push(...Object.values(unzipSync(bytes)).map((part) => Buffer.from(part).toString()))
    }
    return texts
  }
}

const findSecrets = (text: string): string[] =>
  Object.entries(secrets).flatMap(([name, secret]) => (text.toLowerCase().includes(secret.toLowerCase()) ? [name] : []))

const isOutput = (method: Method): boolean => method === 'startPrint' || method === 'startExport'

/**
 * Calls every method with every input. Returns a sentence for each thing that a guest should not have been able to do.
 */
async function walk(call: Call): Promise<{ findings: string[]; answered: Set<string> }> {
  const findings: string[] = []
  const answered = new Set<string>()
  let disk = await readDisk()
  let { jobId } = targets
  // Jobs are started first, so that methods with a job as input get the id of an existing job.
  const methods = (Object.keys(methodRoutes) as Method[]).sort((a, b) => Number(isOutput(b)) - Number(isOutput(a)))
  for (const method of methods)
    for (const [at, input] of guestCalls({ ...targets, jobId })[method].entries()) {
      const name = `${method} ${at}`
      const result = await call(method, input)
      const texts = [JSON.stringify(result)]
      if (result.ok) answered.add(method)
      if (result.ok && !methodRoutes[method].guests) findings.push(`${name} is answered`)
      if (!result.ok && result.error.code === 'internal') findings.push(`${name} fails with an internal error`)
      if (!result.ok && result.error.code === 'invalid-input') findings.push(`${name} has no plausible input`)
      if (result.ok && isOutput(method)) {
        const started = (result.value as { jobId: string }).jobId
        texts.push(...(await readJob(call, started)))
        if (method === 'startPrint' && at === 0) jobId = started
      }
      for (const secret of findSecrets([...texts, ...printed].join('\n'))) findings.push(`${name} leaks ${secret}`)
      printed.length = 0
      const after = await readDisk()
      for (const path of new Set([...disk.keys(), ...after.keys()]))
        if (disk.get(path) !== after.get(path)) findings.push(`${name} writes`)
      disk = after
    }
  return { findings, answered }
}

const asGuest: Call = (method, input) => guest.call(method, input, 'guest')

describe('a guest', () => {
  it('no method gives a guest private data, changes the disk or starts a download for a guest', async () => {
    const { findings, answered } = await walk(asGuest)
    expect(findings).toEqual([])
    expect(portal.requests).toEqual([])
    const open = Object.entries(methodRoutes).flatMap(([method, { guests }]) => (guests ? [method] : []))
    expect(open.filter((method) => !answered.has(method))).toEqual([])
  })

  it.each([
    { opened: 'getBulletin', finding: /^getBulletin 0 leaks note$/ },
    { opened: 'getCapturedText', finding: /^getCapturedText 0 leaks page$/ },
    { opened: 'getSettings', finding: /^getSettings 0 leaks host$/ },
    { opened: 'listSources', finding: /^listSources 0 leaks source$/ },
    { opened: 'getHost', finding: /^getHost 0 leaks path$/ },
    { opened: 'getStorage', finding: /^getStorage 0 is answered$/ },
    { opened: 'listGroups', finding: /^listGroups 0 leaks label$/ },
    { opened: 'checkCode', finding: /^checkCode 1 leaks trash$/ },
    { opened: 'keepPosition', finding: /^keepPosition 0 writes$/ },
    { opened: 'upload', finding: /^upload 0 writes$/ },
  ] as const)('control: the test of all methods notices if $opened is open to guests', async ({ opened, finding }) => {
    const { findings } = await walk((method, input) =>
      method === opened ? owner.call(method, input, 'page') : asGuest(method, input),
    )
    expect(
      findings.some((each) => finding.test(each)),
      findings.join('\n'),
    ).toBe(true)
  })

  it('control: the test of all methods notices if a method starts a download', async () => {
    await walk((method, input) =>
      method === 'startDiscover' ? owner.call(method, input, 'page') : asGuest(method, input),
    )
    await expect.poll(() => portal.requests.length).toBeGreaterThan(0)
  })

  it('a guest gets the pictures of a bulletin, but neither the received page nor anything from the trash', async () => {
    const own = await callMethod(owner, 'getBulletin', { id: targets.id })
    const captured = own.captures[0]?.file.replace('files/', '') ?? ''
    expect((await guest.page(`/media/${targets.id}/${targets.file}`))?.status).toBe(200)
    expect((await owner.page(`/media/${targets.id}/${captured}`))?.status).toBe(200) // control
    expect(await guest.page(`/media/${targets.id}/${captured}`)).toBeNull()
    expect((await owner.page(`/print/${targets.trashed}`))?.status).toBe(200) // control
    expect(await guest.page(`/print/${targets.trashed}`)).toBeNull()
  })

  it("a guest gets printable pages without notes, without highlights and without the names of the host's files", async () => {
    const options = Buffer.from(
      JSON.stringify((guestCalls(targets).startPrint[0] as { options: unknown }).options),
    ).toString('base64url')
    const path = `/print/${targets.id}/${options}`
    const [ownText = '', guestText = ''] = await Promise.all(
      [owner, guest].map(async (app) => (await app.page(path))?.text()),
    )
    expect(findSecrets(ownText)).toContain('note') // control
    expect(guestText).toContain('Họp phiên thường kỳ')
    expect(findSecrets(guestText)).toEqual([])
  })

  it('a guest gets no printable page of more bulletins than a guest may print', async () => {
    expect(await guest.page(`/print/${Array.from({ length: 51 }, () => targets.id).join(',')}`)).toBeNull()
    expect((await guest.page(`/print/${Array.from({ length: 50 }, () => targets.id).join(',')}`))?.status).toBe(200)
  })
})
