import type { Language } from '../shared/settings/setting-values'
import { type SentenceKey, translate } from '../shared/locales/translate'
import type { CommandName } from './command-registry'

/** The text of `bantin COMMAND --help`. */
interface CommandHelp {
  usage: SentenceKey
  about: SentenceKey
  /**
   * The keys of the sentences that explain the options. Each sentence consists of the option as the user types it, two
   * spaces, and the meaning of the option.
   */
  options: readonly SentenceKey[]
  /** Examples of command lines that use the command, without the word `bantin`. */
  examples: readonly string[]
}

const filters = [
  ...(['help.source', 'help.unread', 'help.starred', 'help.tag'] as const),
  ...(['help.since', 'help.until', 'help.in-trash', 'help.limit'] as const),
]
const id = '7k3m9x2a4qtvc0de'

/** The help of every command. */
export const commandHelp: Readonly<Record<CommandName, CommandHelp>> = {
  import: {
    usage: 'cli.import-usage',
    about: 'help.about-import',
    options: ['help.encoding'],
    examples: ['import ban-tin.txt', 'import ./2019 --encoding tcvn3'],
  },
  add: {
    usage: 'cli.add-usage',
    about: 'help.about-add',
    options: ['help.explain', 'help.accept-certificate'],
    examples: ['add https://backan.gov.vn/bai-viet-1', 'add --explain https://backan.gov.vn/bai-viet-1'],
  },
  source: {
    usage: 'cli.source-usage',
    about: 'help.about-source',
    options: ['help.name', 'help.every', 'help.source-since'],
    examples: [
      'source add https://backan.gov.vn --every 6h --since 2020-01-01',
      'source list',
      'source check https://backan.gov.vn/rss',
      `source remove ${id}`,
      'source export nguon-tin.opml',
    ],
  },
  refresh: {
    usage: 'cli.refresh-usage',
    about: 'help.about-refresh',
    options: ['help.refresh-since', 'help.max'],
    examples: ['refresh', `refresh ${id} --since 2020-09-01 --max 100`],
  },
  list: {
    usage: 'cli.list-usage',
    about: 'help.about-list',
    options: filters,
    examples: ['list --unread --limit 20', 'list --since 2020-09-01 --until 2020-09-30 --json'],
  },
  search: {
    usage: 'cli.search-usage',
    about: 'help.about-search',
    options: [...filters, 'help.best'],
    examples: ['search bac kan 2019 ocop', 'search --best "đẩy mạnh thi đua"', 'search --json -- -lũ'],
  },
  show: {
    usage: 'cli.show-usage',
    about: 'help.about-show',
    options: ['help.format', 'help.revision'],
    examples: [`show ${id}`, `show ${id} --format json`, `show ${id} --revision 1`],
  },
  mark: {
    usage: 'cli.mark-usage',
    about: 'help.about-mark',
    options: [
      ...(['help.mark-read', 'help.mark-unread', 'help.star', 'help.unstar'] as const),
      ...(['help.mark-tag', 'help.untag'] as const),
    ],
    examples: [`mark ${id} --read`, `mark ${id} --star --tag họp --tag "nông thôn mới"`],
  },
  trash: { usage: 'cli.trash-usage', about: 'help.about-trash', options: [], examples: [`trash ${id}`] },
  restore: { usage: 'cli.trash-usage', about: 'help.about-restore', options: [], examples: [`restore ${id}`] },
  'empty-trash': {
    usage: 'cli.plain-usage',
    about: 'help.about-empty-trash',
    options: [],
    examples: ['list --in-trash', 'empty-trash'],
  },
  revisions: {
    usage: 'cli.revisions-usage',
    about: 'help.about-revisions',
    options: [],
    examples: [`revisions ${id}`],
  },
  diff: { usage: 'cli.diff-usage', about: 'help.about-diff', options: [], examples: [`diff ${id}`, `diff ${id} 1 3`] },
  reread: {
    usage: 'cli.reread-usage',
    about: 'help.about-reread',
    options: ['help.encoding'],
    examples: [`reread ${id} --encoding vni`],
  },
  repairs: {
    usage: 'cli.repairs-usage',
    about: 'help.about-repairs',
    options: ['help.undo', 'help.redo'],
    examples: [`repairs ${id}`, `repairs ${id} --undo eth`],
  },
  backup: {
    usage: 'cli.backup-usage',
    about: 'help.about-backup',
    options: ['help.force'],
    examples: ['backup kho-2026-11-25.bantin', 'backup --force kho.bantin'],
  },
  'restore-backup': {
    usage: 'cli.restore-backup-usage',
    about: 'help.about-restore-backup',
    options: ['help.with-deleted'],
    examples: ['restore-backup kho-2026-11-25.bantin'],
  },
  print: {
    usage: 'cli.print-usage',
    about: 'help.about-print',
    options: [
      ...(['help.output', 'help.query', 'help.revision'] as const),
      ...filters,
      ...(['help.template', 'help.paper', 'help.orientation', 'help.margins', 'help.size'] as const),
      ...(['help.no-images', 'help.grey', 'help.notes', 'help.highlights', 'help.qr', 'help.toc'] as const),
      ...(['help.page-number', 'help.no-running-line', 'help.source-box', 'help.run-on', 'help.fit-page'] as const),
      ...(['help.pages', 'help.sides', 'help.office', 'help.posted-from', 'help.posted-until', 'help.rate'] as const),
    ],
    examples: [
      `print ${id} -o ban-tin.pdf`,
      `print ${id} --template large --fit-page -o bang-tin.pdf`,
      'print --query "nông thôn mới" --since 2020-09-01 --template booklet --toc -o so-tay.pdf',
    ],
  },
  export: {
    usage: 'cli.export-usage',
    about: 'help.about-export',
    options: [
      ...(['help.export-format', 'help.export-output', 'help.query', 'help.revision'] as const),
      ...filters,
      ...(['help.no-pictures', 'help.marks', 'help.no-source'] as const),
    ],
    examples: [
      `export ${id} -o ban-tin.html`,
      `export --source backan.gov.vn --since 2020-09-01 --format epub -o ban-tin.epub`,
    ],
  },
  check: { usage: 'cli.check-usage', about: 'help.about-check', options: [], examples: ['check 7K3M-9X2A-4QTV-C'] },
  verify: { usage: 'cli.verify-usage', about: 'help.about-verify', options: [], examples: ['verify', `verify ${id}`] },
  reindex: { usage: 'cli.plain-usage', about: 'help.about-reindex', options: [], examples: ['reindex'] },
  doctor: { usage: 'cli.plain-usage', about: 'help.about-doctor', options: [], examples: ['doctor --json'] },
  serve: {
    usage: 'cli.serve-usage',
    about: 'help.about-serve',
    options: ['help.host', 'help.port', 'help.open', 'help.read-only'],
    examples: ['serve --open', 'serve --read-only --host 192.168.1.20 --port 8080'],
  },
  app: {
    usage: 'cli.app-usage',
    about: 'help.about-app',
    options: ['help.restore'],
    examples: ['app', 'app ban-tin.html', 'app --restore kho-2026-11-25.bantin'],
  },
}

/** Formats the help of one command: usage, purpose, options and examples. */
export function helpOf(name: CommandName, language: Language): string {
  const { usage, about, options, examples } = commandHelp[name]
  const say = (key: SentenceKey): string => translate(language, key, { command: name })
  const rows = options.map((key) => say(key).split(/ {2,}/))
  const width = Math.max(0, ...rows.map(([option = '']) => option.length))
  return [
    say(usage),
    '',
    say(about),
    ...(rows.length === 0 ? [] : ['', say('help.options')]),
    ...rows.map(([option = '', does = '']) => `  ${option.padEnd(width)}  ${does}`),
    '',
    say('help.examples'),
    ...examples.map((words) => `  bantin ${words}`),
    '',
    say('help.everywhere'),
  ].join('\n')
}
