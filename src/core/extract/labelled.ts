import { textOfNodes } from './blocks'

/** Texts of places that pages label by class or attribute. */
export interface LabelledPlaces {
  /** All texts of a kind of place, in the page's order. */
  all(places: string, accept: (text: string) => boolean): string[]
  /** The first text of a kind of place below the title; else above it, the nearest first. Null where there is none. */
  first(places: string, accept: (text: string) => boolean): string | null
}

/**
 * Reads labelled places. Pages carry the same labels elsewhere too (today's date in the head, summaries in lists of
 * other articles), so what stands nearest below the title counts.
 */
export function labelledPlaces(body: Element, titlePlaces: string): LabelledPlaces {
  const all = (places: string, accept: (text: string) => boolean): string[] =>
    [...body.querySelectorAll(places)]
      .map((element) => textOfNodes([element]))
      .filter((text) => text !== '' && accept(text))
  return {
    all,
    first(places, accept) {
      const above: string[] = []
      let isBelow = false
      for (const element of body.querySelectorAll(`${titlePlaces}, ${places}`)) {
        isBelow ||= element.matches(titlePlaces)
        const text = element.matches(places) ? textOfNodes([element]) : ''
        if (text === '' || !accept(text)) continue
        if (isBelow) return text
        above.unshift(text)
      }
      return above[0] ?? null
    },
  }
}
