/** The fields of a generated bulletin that tests use. */
export interface GeneratedBulletin {
  title: string
  summary: string | null
  author: string | null
  bodyText: string
}
/** The bulletin for a number, the same on every machine. */
export function bulletinText(number: number): GeneratedBulletin
