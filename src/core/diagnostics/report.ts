import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freeBytes } from '../files'
import { readHolder } from '../library/lock/lock'
import { readLogTail } from './log-files'
import type { Ports } from '../ports'

/** The maximum number of log lines in a report. */
const maxLogLines = 400

/** The name and the home folder of the user. Neither of the two may appear in a report. */
export interface Person {
  userName: string
  home: string
}

/**
 * Creates a problem report with the versions, the state of this machine and the last log lines. The report contains no
 * text and no title of a bulletin, no user name and no home path. Titles are also removed from the names of bulletin
 * folders. The program never sends the report. The user can read and save the report.
 */
export async function createReport(
  { host, paths, clock, program }: Pick<Ports, 'host' | 'paths' | 'clock' | 'program'>,
  library: { bulletins: number; readOnly: boolean },
  person: Person = thisPerson(),
): Promise<string> {
  const holder = await readHolder(paths.library)
  const free = await freeBytes(paths.library)
  const { node, electron = null, chrome = null } = process.versions
  const facts = [
    ['program', `${program} ${host.version} (${host.kind})`],
    ['runs on', `${process.platform} ${process.arch}, Node ${node}`],
    ...(electron === null ? [] : [['electron', `${electron}, Chromium ${String(chrome)}`]]),
    ['made at', clock().toISOString()],
    ['library', paths.library],
    ['bulletins', String(library.bulletins)],
    ['read only', library.readOnly ? 'yes' : 'no'],
    ['held by', holder === null ? 'nobody' : `${holder.program}, process ${holder.pid}`],
    ['settings', paths.config],
    ['free space', free === null ? 'not known' : `${Math.round(free / 1e8) / 10} GB`],
    ['makes PDF', host.canMakePdf ? 'yes' : 'no'],
  ]
  const log = await readLogTail(join(paths.config, 'logs'), maxLogLines)
  const lines = [...facts.map(([name, value]) => `${name}: ${value ?? ''}`), '', `log (${log.length} lines):`, ...log]
  return withoutPerson(`${lines.join('\n')}\n`, person)
}

/**
 * Removes three things from a text: the user name, the home path, and the words of a title in the name of a bulletin's
 * folder.
 */
export function withoutPerson(text: string, { userName, home }: Person): string {
  const slashed = home.replaceAll('\\', '/')
  const homes = [home, slashed, home.replaceAll('\\', '\\\\'), encodeURI(slashed)].filter((path) => path.length > 1)
  let clean = text
  for (const path of homes) clean = clean.replaceAll(new RegExp(`${literal(path)}(?![\\w-])`, 'giu'), '~')
  if (userName !== '')
    clean = clean.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${literal(userName)}(?![\\p{L}\\p{N}])`, 'giu'), '(user)')
  return clean.replaceAll(/(\d{4}-\d{2}-\d{2})-[a-z0-9-]+-([0-9a-z]{8})(?![0-9a-z])/g, '$1-…-$2')
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function thisPerson(): Person {
  try {
    return { userName: userInfo().username, home: homedir() }
  } catch {
    return { userName: '', home: homedir() } // the system has no entry for this user
  }
}
