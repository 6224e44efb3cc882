/** The fields of a made-up bulletin that tests use; the same for a number on every machine. */
export interface MadeBulletin {
  title: string
  summary: string | null
  author: string | null
  bodyText: string
}
export function bulletinText(number: number): MadeBulletin
