// Writes the HTML page of a long law. The page is the same on every machine.

/** The size of a long law. */
export interface LongLawSize {
  paragraphs: number
  /** The number of rows of each of the three tables at the end. Without tables, the number is 0. */
  tableRows: number
}

/** The search word that occurs once in every hundred paragraphs, from the first paragraph on. */
export const rareWord = 'thuỷ điện'

const clauses = [
  'Cơ quan quản lý nhà nước có trách nhiệm tổ chức thực hiện quy định tại khoản này',
  'Ủy ban nhân dân cấp tỉnh ban hành kế hoạch và bố trí kinh phí từ ngân sách địa phương',
  'Tổ chức, cá nhân nộp hồ sơ đề nghị cấp giấy phép đến cơ quan có thẩm quyền',
  'Trường hợp hồ sơ chưa hợp lệ, cơ quan tiếp nhận thông báo bằng văn bản và nêu rõ lý do',
  'Hội đồng thẩm định gồm đại diện các sở, ngành và UBND các xã, phường có liên quan',
  'Việc kiểm tra được tiến hành theo chương trình đã phê duyệt hoặc khi có phản ánh của người dân',
  'Chủ đầu tư lập báo cáo, công khai kết quả và lưu trữ tài liệu theo Nghị định số 30/2020/NĐ-CP',
  'Mức hỗ trợ được xác định trên cơ sở diện tích, số nhân khẩu và giá đất tại thời điểm quyết định',
]

/**
 * Returns the page of a law. Each paragraph begins with its number ("7. "), so a test can recognise each paragraph. The
 * paragraphs have between one and four lines on the screen. Every twentieth paragraph follows the heading of an article.
 */
export function longLawPage({ paragraphs, tableRows }: LongLawSize, title = 'Luật dài để thử'): string {
  const parts: string[] = []
  for (let number = 1; number <= paragraphs; number++) {
    if (number % 20 === 1) parts.push(`<h3>Điều ${(number - 1) / 20 + 1}. Nguyên tắc thực hiện</h3>`)
    const words = [clauseOf(number * 3)]
    if (number % 3 === 0) words.push(clauseOf(number * 5 + 1))
    if (number % 7 === 0) words.push(clauseOf(number + 2), clauseOf(number + 4))
    if (number % 100 === 1) words.push(`Công trình ${rareWord} phải có phương án ứng phó`)
    parts.push(`<p>${number}. ${words.join('; ')}.</p>`)
  }
  for (let table = 1; table <= 3 && tableRows > 0; table++) {
    const rows = Array.from(
      { length: tableRows },
      (_, row) => `<tr><td>${row + 1}</td><td>Xã số ${table}.${row + 1}</td><td>${(row * 37) % 9_973}</td></tr>`,
    )
    parts.push(
      `<h3>Phụ lục ${table}</h3>`,
      `<table><tr><th>STT</th><th>Đơn vị</th><th>Kinh phí</th></tr>${rows.join('')}</table>`,
    )
  }
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head>
<body><article><h1>${title}</h1>${parts.join('\n')}</article></body></html>`
}

function clauseOf(seed: number): string {
  return clauses[seed % clauses.length] ?? ''
}
