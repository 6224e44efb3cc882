/** Kinds of files that bulletins hand out, by the end of their names. */
const fileEnding =
  /\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|zip|rar|7z|mp3|wav|m4a|mp4|csv|tiff?|dwg|epub)(?=$|[?#&])/i

/** Whether an address names a file that a bulletin hands out, in its path or in a parameter (`?file=…/12.pdf`). */
export function isFileAddress(address: string): boolean {
  return address.length <= 4000 && fileEnding.test(address)
}
