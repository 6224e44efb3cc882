import type { Settings } from '../../../../shared/settings/settings'

/** The typography of the article, as attributes and properties of the frame's root element. */
export interface ArticleTypography {
  attributes: Record<'data-theme' | 'data-font' | 'data-width' | 'data-align', string>
  properties: Record<'--text-size' | '--line-height', string>
}

const lineShift = { tight: -0.2, normal: 0, loose: 0.25 } as const

/**
 * The minimum line height of each font. With a smaller line height, the marks of Ẳ and Ặ on neighbouring lines touch
 * (measured by tests/e2e/read/typography.spec.ts).
 */
const minLineHeight: Record<Settings['font'], number> = {
  'noto-serif': 1.4,
  'source-serif-4': 1.4,
  literata: 1.5,
  'be-vietnam-pro': 1.6,
}

/**
 * Returns the line height: 1.7 up to a text size of 150 %, 1.6 up to 200 %, and 1.5 above. The setting "line height"
 * shifts this value.
 */
export function lineHeightAt(textSize: number, { lineHeight, font }: Pick<Settings, 'lineHeight' | 'font'>): number {
  const normal = textSize <= 150 ? 1.7 : textSize <= 200 ? 1.6 : 1.5
  return Math.round(Math.max(minLineHeight[font], normal + lineShift[lineHeight]) * 100) / 100
}

/** Creates the typography for these settings and this theme. */
export function createTypography(settings: Settings, theme: string): ArticleTypography {
  return {
    attributes: {
      'data-theme': theme,
      'data-font': settings.font,
      'data-width': settings.columnWidth,
      'data-align': settings.alignment,
    },
    properties: {
      '--text-size': String(settings.textSize / 100),
      '--line-height': String(lineHeightAt(settings.textSize, settings)),
    },
  }
}

/**
 * Estimates how many characters fit on a line. The average width of a character is half an em, so a column of 33em has
 * room for 66 characters.
 */
export function countLineChars(widthPx: number, textSize: number, basePx = 18): number {
  return widthPx / ((basePx * textSize) / 100 / 2)
}
