/** Extensions of the files that bulletins offer for download. */
const fileEnding =
  /\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|zip|rar|7z|mp3|wav|m4a|mp4|csv|tiff?|dwg|epub)(?=$|[?#&])/i

/** Whether the path or a parameter of an address ends like a file for download (`?file=…/12.pdf`). */
export function isFileAddress(address: string): boolean {
  return address.length <= 4000 && fileEnding.test(address)
}
