/**
 * The reasons why an element of a page is not part of the bulletin. Each reason has a sentence under
 * `removal.<reason>`.
 */
export const removalReasons = [
  'hidden',
  'beside',
  'named-box',
  'control',
  'pack-drop',
  'outside-body',
  'link-list',
  'others',
  'repeated',
] as const
/** One entry of {@link removalReasons}. */
export type RemovalReason = (typeof removalReasons)[number]
