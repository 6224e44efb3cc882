// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).
import { defaultReadingRate, type PrintTemplate } from './print-option-values'
import type { PrintOptions } from './print-options'

const commonOptions: Omit<PrintOptions, 'template'> = {
  paper: 'A4',
  orientation: 'portrait',
  margins: 'template',
  sizePt: 13,
  pictures: 'grey',
  pageNumbers: 'bottom',
  runningLine: true,
  sourceBox: false,
  qr: false,
  notes: false,
  highlights: false,
  contents: false,
  newPages: true,
  office: '',
  postedFrom: null,
  postedUntil: null,
  fitsOnePage: false,
  readingRate: defaultReadingRate,
  pages: '',
  sides: 'one',
}

/** The default options of each template. */
export const printDefaults: Readonly<Record<PrintTemplate, PrintOptions>> = {
  a4: { ...commonOptions, template: 'a4', pageNumbers: 'top' },
  large: { ...commonOptions, template: 'large', sizePt: 22 },
  booklet: { ...commonOptions, template: 'booklet', sizePt: 11, sides: 'auto' },
  digest: { ...commonOptions, template: 'digest', sizePt: 11, contents: true },
  script: { ...commonOptions, template: 'script', sizePt: 18, pictures: 'none' },
}
