// No zod here: the renderer takes these values at run time.
import { defaultReadingRate, type PrintTemplate } from './print-option-values'
import type { PrintOptions } from './print-options'

const plain: Omit<PrintOptions, 'template'> = {
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

/** What each template prints unless told otherwise. */
export const printDefaults: Readonly<Record<PrintTemplate, PrintOptions>> = {
  a4: { ...plain, template: 'a4', pageNumbers: 'top' },
  large: { ...plain, template: 'large', sizePt: 22 },
  booklet: { ...plain, template: 'booklet', sizePt: 11, sides: 'auto' },
  digest: { ...plain, template: 'digest', sizePt: 11, contents: true },
  script: { ...plain, template: 'script', sizePt: 18, pictures: 'none' },
}
