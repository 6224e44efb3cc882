/** What a page refers to and a reader needs offline; addresses absolute (http, https, data:), or beside the page for saved pages. */
export interface PageMedia {
  /**
   * In body order: the n-th `<span class="missing-picture">` of the text's `bodyHtml` stands for the n-th picture.
   * `figure`: index in the text's figures, null outside any figure.
   */
  pictures: { address: string; figure: number | null }[]
  /**
   * Links to files in and right under the body; `name` as the reader sees it. `file`: where a document of ours says
   * the file lies beside it.
   */
  attachments: { address: string; name: string; file?: string }[]
}
