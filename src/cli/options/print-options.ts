import { type PrintTemplate, printTemplates } from '../../shared/print/print-option-values'
import { printDefaults } from '../../shared/print/print-defaults'
import { type PrintOptions, printOptionsSchema } from '../../shared/print/print-options'
import { type CommandContext, isSet, textOption } from '../command'

/** The options of the command `print` that decide how the paper looks. */
export const printOptionNames = {
  template: { type: 'string' },
  paper: { type: 'string' },
  orientation: { type: 'string' },
  margins: { type: 'string' },
  size: { type: 'string' },
  'no-images': { type: 'boolean' },
  grey: { type: 'boolean' },
  notes: { type: 'boolean' },
  highlights: { type: 'boolean' },
  qr: { type: 'boolean' },
  toc: { type: 'boolean' },
  'page-number': { type: 'string' },
  'no-running-line': { type: 'boolean' },
  'source-box': { type: 'boolean' },
  'run-on': { type: 'boolean' },
  office: { type: 'string' },
  'posted-from': { type: 'string' },
  'posted-until': { type: 'string' },
  'fit-page': { type: 'boolean' },
  rate: { type: 'string' },
  pages: { type: 'string' },
  sides: { type: 'string' },
} as const

/**
 * Returns the print options of a command line. Returns null if an option is invalid. By default, pictures are printed
 * in colour.
 */
export function printOptionsOf(context: CommandContext): PrintOptions | null {
  const template = textOption(context, 'template') ?? 'a4'
  if (!isTemplate(template)) return null
  const margins = textOption(context, 'margins')
  const given: Record<string, unknown> = {
    paper: paperName(textOption(context, 'paper')),
    orientation: textOption(context, 'orientation'),
    margins: margins === undefined || /^[a-z]/.test(margins) ? margins : margins.split(/[/,;\s]+/).map(Number),
    sizePt: numberOf(textOption(context, 'size')),
    pageNumbers: textOption(context, 'page-number'),
    office: textOption(context, 'office'),
    postedFrom: textOption(context, 'posted-from'),
    postedUntil: textOption(context, 'posted-until'),
    readingRate: numberOf(textOption(context, 'rate')),
    pages: textOption(context, 'pages'),
    sides: textOption(context, 'sides'),
  }
  const switched = {
    pictures: isSet(context, 'no-images') ? 'none' : isSet(context, 'grey') ? 'grey' : 'colour',
    notes: isSet(context, 'notes'),
    highlights: isSet(context, 'highlights'),
    qr: isSet(context, 'qr'),
    runningLine: !isSet(context, 'no-running-line'),
    sourceBox: isSet(context, 'source-box'),
    newPages: !isSet(context, 'run-on'),
    fitsOnePage: isSet(context, 'fit-page'),
  }
  const defaults = printDefaults[template]
  const parsed = printOptionsSchema.safeParse({
    ...defaults,
    ...switched,
    contents: isSet(context, 'toc') || defaults.contents,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  })
  return parsed.success ? parsed.data : null
}

function isTemplate(name: string): name is PrintTemplate {
  return printTemplates.some((template) => template === name)
}

/** Returns the name of a paper size in its usual case, so that "a4" means "A4". */
function paperName(given: string | undefined): string | undefined {
  return given === undefined ? undefined : given.charAt(0).toUpperCase() + given.slice(1).toLowerCase()
}

function numberOf(given: string | undefined): number | undefined {
  return given === undefined ? undefined : Number(given.replace(/pt$/i, '').replace(',', '.'))
}
