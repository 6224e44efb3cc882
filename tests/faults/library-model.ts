import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { names, readDocuments, readStatus } from '../../src/core/library/store/bulletin-folder'
import { listBulletinFolders } from '../../src/core/library/store/bulletin-folders'
import { idOf } from '../../src/core/library/store/identity'
import { readDocument, revisionDocument } from '../../src/core/library/store/documents'

/** Where a bulletin is stored. A bulletin that is `gone` was permanently deleted, or was never stored. */
export type Place = 'bulletins' | 'trash' | 'gone'

/** What the test knows about one bulletin. */
export interface BulletinState {
  place: Place
  starred: boolean
  /** The hash of each revision, by the name of its file. */
  revisions: Map<string, string>
}

/** One line of output of the process that is killed. */
export interface OutputLine {
  /**
   * A change has begun. After a kill, the change may be done or not done. `id` is null if the change can concern every
   * bulletin.
   */
  doing?: 'import' | 'refresh' | 'mark' | 'trash' | 'restore' | 'empty-trash' | 'merge'
  id?: string | null
  /** A change is done. The other fields hold the values that the library now has. */
  done?: 'import' | 'refresh' | 'mark' | 'trash' | 'restore' | 'empty-trash' | 'merge'
  place?: Place
  starred?: boolean
  revision?: { name: string; digest: string }
  /** A sentence about a call that failed although it had to succeed. */
  failed?: string
  /** The numbers of bulletins in the two lists. */
  listed?: { bulletins: number; trash: number }
  rebuilt?: boolean
  format?: string
  backedUp?: boolean
  opened?: boolean
}

/**
 * The differences between a library and its model. Each list is empty if the library has every change that was reported
 * as done.
 */
export interface Findings {
  lost: string[]
  overwritten: string[]
  doubled: string[]
}

/** The state that a library must have after many kills, according to the reports of the killed processes. */
export interface LibraryModel {
  /** Adds the changes that one process reported as done. Returns sentences about failed calls and wrong counts. */
  acknowledge(lines: readonly OutputLine[]): string[]
  /** Compares the documents of the library with the model. After that, the documents are the known state. */
  compare(root: string): Promise<Findings>
}

/** Creates the model of a new library. */
export function createLibraryModel(): LibraryModel {
  const known = new Map<string, BulletinState>()
  /** The ids of bulletins whose last change was not reported as done. Null stands for every bulletin. */
  let uncertain = new Set<string | null>()
  const apply = ({ done, id, place, starred, revision }: OutputLine): void => {
    if (done === 'empty-trash')
      for (const [each, state] of known) if (state.place === 'trash') known.set(each, emptyState())
    if (id == null) return
    const state = known.get(id) ?? emptyState()
    if (revision !== undefined) state.revisions.set(revision.name, revision.digest)
    known.set(id, { ...state, place: place ?? state.place, starred: starred ?? state.starred })
  }
  const countIn = (place: Place): number => [...known.values()].filter((state) => state.place === place).length
  return {
    acknowledge(lines) {
      const wrong: string[] = []
      for (const line of lines) {
        if (line.failed !== undefined) wrong.push(line.failed)
        if (line.doing !== undefined) uncertain.add(line.id ?? null)
        if (line.done === undefined) {
          const { listed } = line
          // A list must have every bulletin at every moment, even while the index is being rebuilt.
          if (listed !== undefined && (listed.bulletins !== countIn('bulletins') || listed.trash !== countIn('trash')))
            wrong.push(`listed ${listed.bulletins}, ${listed.trash} of ${countIn('bulletins')}, ${countIn('trash')}`)
          continue
        }
        apply(line)
        uncertain.delete(line.id ?? null)
      }
      return wrong
    },
    async compare(root) {
      const found = await readLibrary(root)
      const findings: Findings = { lost: [], overwritten: [], doubled: [...found.doubled] }
      for (const [id, state] of known) {
        const now = found.states.get(id) ?? emptyState()
        const isUncertain =
          uncertain.has(id) || (uncertain.has(null) && (state.place === 'trash' || now.place === 'gone'))
        if (now.place !== state.place && !isUncertain)
          findings.lost.push(`${id} is in ${now.place}, not ${state.place}`)
        if (now.place === 'gone') continue
        if (state.starred && !now.starred) findings.lost.push(`star of ${id}`)
        for (const [name, digest] of state.revisions) {
          const actual = now.revisions.get(name)
          if (actual === undefined) findings.lost.push(`${id} ${name}`)
          else if (actual !== digest) findings.overwritten.push(`${id} ${name}`)
        }
      }
      known.clear()
      for (const [id, state] of found.states) known.set(id, state)
      uncertain = new Set()
      return findings
    },
  }
}

function emptyState(): BulletinState {
  return { place: 'gone', starred: false, revisions: new Map() }
}

/** Reads the state of every bulletin from the documents alone. */
async function readLibrary(root: string): Promise<{ states: Map<string, BulletinState>; doubled: string[] }> {
  const states = new Map<string, BulletinState>()
  const doubled: string[] = []
  for (const folder of await listBulletinFolders(root)) {
    const path = join(root, folder)
    const read = await readDocuments(path).catch(() => null)
    if (read === null) continue // A damaged bulletin is reported by the verification in the same round.
    const { id } = read.document
    // Each address has only one bulletin in this test, so two bulletins of one address also count as stored twice.
    if (states.has(id) || id.includes('~')) doubled.push(`${id} in ${folder}`)
    const revisions = new Map<string, string>()
    for (const name of await readdir(join(path, names.revisions)))
      revisions.set(
        basename(name),
        (await readDocument(join(path, names.revisions, name), revisionDocument).catch(() => null))?.digest ??
          'damaged',
      )
    const place = folder.startsWith('trash/') ? 'trash' : 'bulletins'
    states.set(id, { place, starred: (await readStatus(path)).starred, revisions })
  }
  return { states, doubled }
}

/** Lists the bulletins that are in more than one folder. */
export async function findDoubled(root: string): Promise<string[]> {
  return (await readLibrary(root)).doubled
}

/** Returns the id of the bulletin with an address. */
export const idOfAddress = (address: string): string => idOf({ address })
