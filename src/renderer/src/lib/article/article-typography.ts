import type { Settings } from '../../../../shared/settings/settings'

/** Type of the article as attributes and properties of the frame's root element. */
export interface ArticleTypography {
  attributes: Record<'data-theme' | 'data-font' | 'data-width' | 'data-align', string>
  properties: Record<'--text-size' | '--line-height', string>
}

const lineShift = { tight: -0.2, normal: 0, loose: 0.25 } as const

/** Below these the marks of Ẳ and Ặ on neighbouring lines touch (measured: tests/e2e/read/typography.spec.ts). */
const minLineHeight: Record<Settings['font'], number> = {
  'noto-serif': 1.4,
  'source-serif-4': 1.4,
  literata: 1.5,
  'be-vietnam-pro': 1.6,
}

/** Line height falls as size grows: 1.7 to 150 %, 1.6 to 200 %, 1.5 from 250 % (LOOK, Type). */
export function lineHeightAt(textSize: number, { lineHeight, font }: Pick<Settings, 'lineHeight' | 'font'>): number {
  const normal = textSize <= 150 ? 1.7 : textSize <= 200 ? 1.6 : 1.5
  return Math.round(Math.max(minLineHeight[font], normal + lineShift[lineHeight]) * 100) / 100
}

/** The article's type as these settings and this theme want it. */
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

/** About how many characters one line of a column of this width holds: half an em each (33em = 66, LOOK). */
export function countLineChars(widthPx: number, textSize: number, basePx = 18): number {
  return widthPx / ((basePx * textSize) / 100 / 2)
}
