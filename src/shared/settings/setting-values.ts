// This file must not load zod, because the renderer runs it.

/** Text sizes in per cent of the base size, the smallest first. */
export const textSizes = [80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 350, 400] as const
/** One of {@link textSizes}. */
export type TextSize = (typeof textSizes)[number]

/** Reading themes: paper (nền giấy), white (nền trắng), night (nền tối), contrast (tương phản cao). */
export const themes = ['paper', 'white', 'night', 'contrast'] as const
/** One of {@link themes}. */
export type Theme = (typeof themes)[number]

/** Reading fonts, all bundled. */
export const readingFonts = ['noto-serif', 'source-serif-4', 'literata', 'be-vietnam-pro'] as const
/** One of {@link readingFonts}. */
export type ReadingFont = (typeof readingFonts)[number]

/** Interface languages. The default is Vietnamese, whatever the language of the system is. */
export const languages = ['vi', 'en'] as const
/** One of {@link languages}. */
export type Language = (typeof languages)[number]

/** Speeds of a voice. 1 is the normal speed of the voice. */
export const speechRates = [0.75, 0.9, 1, 1.15, 1.3, 1.5] as const
/** One of {@link speechRates}. */
export type SpeechRate = (typeof speechRates)[number]

/** Speeds of an announcer on a loudspeaker, in syllables a minute: slow, normal, fast. */
export const announcerRates = [110, 130, 150] as const
