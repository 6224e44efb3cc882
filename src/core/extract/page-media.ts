/**
 * The pictures and files that a page refers to and that the user needs offline. Addresses are absolute (http, https,
 * data:, cid:), or they lead to a file beside a saved page.
 */
export interface PageMedia {
  /**
   * The pictures in the order of the body. The n-th `<span class="missing-picture">` in `bodyHtml` is the placeholder
   * of the n-th picture. `figure` is an index in `figures` of the bulletin, or null if the picture is not in a figure.
   */
  pictures: { address: string; figure: number | null }[]
  /**
   * Links to files in the body and right below the body. `name` is the name that the user sees. `file` is the path of a
   * file beside an exported bulletin, as written in the bulletin.
   */
  attachments: { address: string; name: string; file?: string }[]
}
