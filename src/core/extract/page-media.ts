/**
 * The pictures and files that a page refers to and that the user needs offline. Addresses are absolute (http, https,
 * data:, cid:), or they name a file beside a saved page.
 */
export interface PageMedia {
  /**
   * In the order of the body: the n-th `<span class="missing-picture">` in the text's `bodyHtml` is the placeholder of
   * the n-th picture. `figure`: index in the text's figures, null if the picture is in no figure.
   */
  pictures: { address: string; figure: number | null }[]
  /**
   * Links to files in the body and right below it. `name`: the name that the user sees. `file`: path of the file beside
   * an exported bulletin, as written in the bulletin.
   */
  attachments: { address: string; name: string; file?: string }[]
}
