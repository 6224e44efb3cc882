/** The fields of a generated bulletin that tests use. */
export interface GeneratedBulletin {
  title: string
  summary: string | null
  author: string | null
  bodyText: string
}
/** Generates the bulletin for a number. The result is the same on every machine. */
export function bulletinText(number: number): GeneratedBulletin
