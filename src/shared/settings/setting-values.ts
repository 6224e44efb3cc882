// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).

/** The text sizes in per cent of the base size, the smallest first. */
export const textSizes = [80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 350, 400] as const
/** One entry of {@link textSizes}. */
export type TextSize = (typeof textSizes)[number]

/** The reading themes: paper (nền giấy), white (nền trắng), night (nền tối) and contrast (tương phản cao). */
export const themes = ['paper', 'white', 'night', 'contrast'] as const
/** One entry of {@link themes}. */
export type Theme = (typeof themes)[number]

/** The reading fonts. The program contains all of these fonts. */
export const readingFonts = ['noto-serif', 'source-serif-4', 'literata', 'be-vietnam-pro'] as const
/** One entry of {@link readingFonts}. */
export type ReadingFont = (typeof readingFonts)[number]

/** The languages of the interface. The default is Vietnamese, whatever the language of the system is. */
export const languages = ['vi', 'en'] as const
/** One entry of {@link languages}. */
export type Language = (typeof languages)[number]

/** The speeds of a voice. The normal speed of a voice is 1. */
export const speechRates = [0.75, 0.9, 1, 1.15, 1.3, 1.5] as const
/** One entry of {@link speechRates}. */
export type SpeechRate = (typeof speechRates)[number]

/** The speeds of an announcer on a loudspeaker, in syllables a minute: slow, normal and fast. */
export const announcerRates = [110, 130, 150] as const
