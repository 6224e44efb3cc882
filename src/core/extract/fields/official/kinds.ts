/** The kinds of official documents. A kind that begins with another kind comes first. */
export const kinds = [
  ...['Thông báo', 'Quyết định', 'Kế hoạch', 'Báo cáo', 'Tờ trình', 'Nghị quyết', 'Chỉ thị', 'Hướng dẫn', 'Công điện'],
  ...['Giấy mời', 'Thư mời', 'Thư ngỏ', 'Thông cáo báo chí', 'Thông cáo', 'Chương trình', 'Đề án', 'Phương án'],
  ...['Quy chế', 'Quy định', 'Nội quy', 'Biên bản', 'Nghị định', 'Thông tư', 'Luật', 'Pháp lệnh', 'Lệnh', 'Kết luận'],
  ...[
    'Chương trình hành động',
    'Thông tư liên tịch',
    'Công văn',
    'Giấy phép',
    'Lịch công tác',
    'Lời kêu gọi',
    'Công bố',
  ],
  ...['Thông báo kết luận', 'Kế hoạch liên tịch', 'Quy trình', 'Điều lệ', 'Dự thảo', 'Giấy chứng nhận', 'Phụ lục'],
].toSorted((a, b) => b.length - a.length)
/** The kinds, joined with "|" as the alternatives of a regular expression. */
export const kindWords = kinds.map((kind) => kind.replaceAll(' ', String.raw`\s+`)).join('|')
/** Matches a line with only a kind, and perhaps the authority. The group is the kind. */
export const bareKind = new RegExp(
  String.raw`^[\s*"“]*(?:bản\s+)?(${kindWords})(?:\s+khẩn|\s+của\s+(?:chính\s+phủ|quốc\s+hội|(?:thủ\s+tướng|bộ\s+trưởng|chủ\s+tịch|giám\s+đốc|ủy\s+ban|uỷ\s+ban|hội\s+đồng|thống\s+đốc)[^.:;]{0,80}))?[\s:.*"”_–—-]*$`,
  'iu',
)

/** Whether a text is only the kind of a document ("THÔNG BÁO") and therefore no title. */
export function isBareKind(text: string): boolean {
  return bareKind.test(text.normalize('NFC').trim())
}
