/** One block of an article that was written for the tests. */
export type ArticleBlock =
  | { kind: 'paragraph' | 'heading' | 'quote'; text: string }
  | { kind: 'list'; items: readonly string[] }
  /** If `isLinked` is true, each item, or the first cell of each row, is a link to a page. */
  | { kind: 'links'; items: readonly string[] }
  | { kind: 'table'; rows: readonly (readonly string[])[]; isLinked: boolean }
  | { kind: 'figure'; caption: string }
  | { kind: 'answers'; items: readonly (readonly [question: string, answer: string])[] }
  | { kind: 'section'; name: string; heading: string; texts: readonly string[] }

/** An article that was written for the tests. */
export interface Article {
  name: string
  title: string
  summary: string
  blocks: readonly ArticleBlock[]
}

const p = (text: string): ArticleBlock => ({ kind: 'paragraph', text })
const h = (text: string): ArticleBlock => ({ kind: 'heading', text })

/** News with a picture, a quotation and a heading. */
const news: Article = {
  name: 'news',
  title: 'Xã Nà Phặc khánh thành đập dâng phục vụ tưới cho 86 ha lúa',
  summary: 'Đập dâng Khuổi Tinh hoàn thành sau mười tháng thi công, chủ động nước tưới cho năm thôn trong vụ xuân.',
  blocks: [
    p(
      'Sáng mồng 6, Ủy ban nhân dân xã Nà Phặc tổ chức khánh thành đập dâng Khuổi Tinh trước sự chứng kiến của đông đảo bà con năm thôn vùng hưởng lợi.',
    ),
    p(
      'Công trình có chiều dài thân đập 42 mét, cao 6,5 mét, kèm 3,2 km kênh dẫn bằng bê tông; tổng mức đầu tư 14,8 tỷ đồng từ nguồn vốn chương trình mục tiêu quốc gia.',
    ),
    { kind: 'figure', caption: 'Bà con thôn Nà Khoang bên tuyến kênh mới hoàn thành.' },
    h('Nước về đến từng chân ruộng'),
    p(
      'Theo ông Lục Văn Điền, trưởng thôn Nà Khoang, trước đây mỗi vụ chỉ gieo cấy được hơn một nửa diện tích vì thiếu nước đầu vụ.',
    ),
    {
      kind: 'quote',
      text: 'Có đập rồi, bà con không còn phải thức đêm canh nước, ai cũng phấn khởi xuống đồng sớm hơn mọi năm.',
    },
    p('Xã giao tổ hợp tác dùng nước quản lý công trình, thu phí theo quy chế đã được nhân dân bàn bạc và thống nhất.'),
    p('Dự kiến vụ mùa tới, xã mở rộng thêm 20 ha cây màu nhờ nguồn nước từ đập, tập trung vào khoai tây và ngô ngọt.'),
  ],
}

/** A decision with numbered articles, a list and a table. */
const decision: Article = {
  name: 'decision',
  title: 'Quyết định về việc phê duyệt kế hoạch sửa chữa đường giao thông nông thôn',
  summary: 'Kế hoạch sửa chữa mười một tuyến đường được phê duyệt với tổng kinh phí hơn ba tỷ đồng.',
  blocks: [
    p(
      'Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Phòng Kinh tế tại Tờ trình ngày 12 tháng 8, Ủy ban nhân dân xã quyết định như sau.',
    ),
    h('Điều 1. Phạm vi sửa chữa'),
    p(
      'Phê duyệt kế hoạch sửa chữa mười một tuyến đường liên thôn với tổng chiều dài 18,4 km, thời gian thực hiện trong quý IV.',
    ),
    {
      kind: 'table',
      isLinked: false,
      rows: [
        ['Tuyến đường', 'Chiều dài', 'Kinh phí'],
        ['Nà Pán đi Khuổi Lừa', '2,1 km', '410 triệu đồng'],
        ['Bản Cải đi Phiêng Giản', '3,4 km', '620 triệu đồng'],
        ['Trung tâm xã đi Cốc Tào', '1,7 km', '295 triệu đồng'],
      ],
    },
    h('Điều 2. Trách nhiệm thực hiện'),
    {
      kind: 'list',
      items: [
        'Phòng Kinh tế chủ trì, hướng dẫn các thôn lập hồ sơ và giám sát chất lượng công trình;',
        'Ban Tài chính bố trí kinh phí và kiểm tra việc thanh toán đúng quy định;',
        'Các trưởng thôn vận động nhân dân đóng góp ngày công và giải phóng hành lang.',
      ],
    },
    p(
      'Điều 3. Chánh Văn phòng, Trưởng phòng Kinh tế và các đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.',
    ),
  ],
}

/** Sections whose names contain words (such as "comment") that other pages use for boxes beside an article. */
const sections: Article = {
  name: 'sections',
  title: 'Báo cáo kết quả lấy ý kiến nhân dân về quy hoạch chi tiết khu trung tâm xã',
  summary: 'Đợt lấy ý kiến kéo dài ba mươi ngày, nhận được 318 phiếu góp ý của các hộ dân trong vùng quy hoạch.',
  blocks: [
    p(
      'Thực hiện quy định về công khai quy hoạch, xã đã niêm yết đồ án tại trụ sở và các nhà văn hóa thôn trong thời hạn ba mươi ngày.',
    ),
    {
      kind: 'section',
      name: 'y-kien-cua-nhan-dan',
      heading: 'Ý kiến của nhân dân',
      texts: [
        'Có 286 phiếu đồng ý với đồ án, 32 phiếu đề nghị điều chỉnh vị trí chợ và bãi đỗ xe cho gần đường liên xã hơn.',
        'Nhiều hộ đề nghị giữ lại cây đa đầu làng và giếng cổ làm không gian sinh hoạt chung của cộng đồng.',
      ],
    },
    {
      kind: 'section',
      name: 'cac-quy-dinh-lien-quan-den-dat-dai',
      heading: 'Các quy định liên quan đến đất đai',
      texts: [
        'Diện tích đất phải thu hồi là 1,9 ha, trong đó đất ở 0,3 ha của bảy hộ, phần còn lại là đất trồng cây hằng năm.',
        'Giá bồi thường áp dụng bảng giá hiện hành, các hộ được ưu tiên giao đất ở tại khu tái định cư Nà Vài.',
      ],
    },
    {
      kind: 'section',
      name: 'quang-cao-ngoai-troi-va-bien-hieu',
      heading: 'Quảng cáo ngoài trời và biển hiệu',
      texts: [
        'Biển hiệu hai bên trục chính cao không quá 3,5 mét, không che khuất tầm nhìn tại các nút giao và lối thoát hiểm.',
      ],
    },
    {
      kind: 'section',
      name: 'binh-luan-va-giai-trinh',
      heading: 'Bình luận và giải trình của cơ quan lập quy hoạch',
      texts: [
        'Đơn vị tư vấn tiếp thu phương án chuyển chợ về phía đông, đồng thời bổ sung 40 chỗ đỗ xe cạnh trạm y tế.',
      ],
    },
    {
      kind: 'section',
      name: 'tin-moi-tu-to-cong-tac',
      heading: 'Tiến độ của tổ công tác',
      texts: ['Tổ công tác hoàn thiện hồ sơ, trình Hội đồng nhân dân xã thông qua tại kỳ họp thường lệ cuối năm.'],
    },
  ],
}

/** Lists and tables of links to pages. The text of the article is about these pages. */
const links: Article = {
  name: 'links',
  title: 'Danh mục thủ tục hành chính thực hiện tại bộ phận một cửa',
  summary: 'Từ ngày 1 tháng 10, mười hai thủ tục được tiếp nhận và trả kết quả ngay trong ngày làm việc.',
  blocks: [
    p(
      'Ủy ban nhân dân xã thông báo danh mục các thủ tục được tiếp nhận, giải quyết tại bộ phận một cửa để tổ chức và công dân biết, liên hệ.',
    ),
    {
      kind: 'links',
      items: [
        'Đăng ký khai sinh có yếu tố nước ngoài',
        'Cấp bản sao trích lục hộ tịch',
        'Xác nhận tình trạng hôn nhân',
        'Chứng thực bản sao từ bản chính giấy tờ, văn bản',
        'Đăng ký nhận cha, mẹ, con',
      ],
    },
    p(
      'Đối với các thủ tục về đất đai, thời gian giải quyết và mức phí áp dụng theo bảng dưới đây, kể từ ngày nhận đủ hồ sơ hợp lệ.',
    ),
    {
      kind: 'table',
      isLinked: true,
      rows: [
        ['Tách thửa hoặc hợp thửa đất', '15 ngày', '120.000 đồng'],
        ['Đính chính giấy chứng nhận đã cấp', '10 ngày', '50.000 đồng'],
        ['Chuyển mục đích sử dụng đất', '20 ngày', '250.000 đồng'],
      ],
    },
    p(
      'Mọi vướng mắc xin liên hệ công chức tiếp nhận hồ sơ trong giờ hành chính, hoặc gọi đến số máy của bộ phận một cửa.',
    ),
  ],
}

/** Questions whose answers the page hides until the user presses the question. */
const answers: Article = {
  name: 'answers',
  title: 'Hỏi đáp về hỗ trợ xây dựng nhà ở cho hộ nghèo năm nay',
  summary: 'Phòng Lao động trả lời những câu hỏi mà bà con gửi đến nhiều trong quý vừa qua.',
  blocks: [
    p(
      'Sau khi có chủ trương hỗ trợ xóa nhà tạm, nhà dột nát, phòng nhận được nhiều câu hỏi của bà con về điều kiện và mức hỗ trợ.',
    ),
    {
      kind: 'answers',
      items: [
        [
          'Hộ cận nghèo có được hỗ trợ làm nhà không?',
          'Có. Hộ cận nghèo có nhà ở thuộc loại không bền chắc được hỗ trợ sáu mươi triệu đồng để xây mới, ba mươi triệu đồng để sửa chữa.',
        ],
        [
          'Đất chưa có giấy chứng nhận thì làm thế nào?',
          'Trường hợp chưa có giấy chứng nhận nhưng đất không tranh chấp, xã xác nhận để hộ được khởi công, đồng thời làm thủ tục cấp giấy.',
        ],
        [
          'Tiền hỗ trợ được cấp mấy lần?',
          'Tiền được cấp làm hai lần: sáu phần mười khi khởi công xong phần móng, phần còn lại khi nghiệm thu có xác nhận của thôn.',
        ],
      ],
    },
    p('Bà con cần biết thêm xin hỏi cán bộ chính sách tại trụ sở, vào sáng thứ ba và sáng thứ năm hằng tuần.'),
  ],
}

/** A notice of a few sentences. */
const notice: Article = {
  name: 'notice',
  title: 'Thông báo tạm ngừng cấp điện khu vực thôn Nà Lìn',
  summary: 'Ngừng cấp điện để sửa chữa trạm biến áp, từ 7 giờ 30 đến 16 giờ ngày chủ nhật.',
  blocks: [
    p('Để bảo đảm an toàn trong mùa mưa bão, điện lực tạm ngừng cấp điện thôn Nà Lìn và một phần thôn Khuổi Đeng.'),
    p('Đề nghị các hộ chủ động nguồn nước, tắt thiết bị trước giờ cắt điện và không đến gần khu vực đang thi công.'),
    p('Việc đóng điện trở lại có thể sớm hơn dự kiến, mong bà con thông cảm và hợp tác với đơn vị quản lý vận hành.'),
  ],
}

/** The articles that the tests use. Each article is built in the markup of each family of pages. */
export const articles: readonly Article[] = [news, decision, sections, links, answers, notice]

/** Returns the texts of an article that an extraction must keep. */
export function listTexts(article: Article): string[] {
  return article.blocks.flatMap((block): readonly string[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
      case 'quote':
        return [block.text]
      case 'list':
      case 'links':
        return block.items
      case 'table':
        return block.rows.flat()
      case 'figure':
        return [block.caption]
      case 'answers':
        return block.items.flat()
      case 'section':
        return [block.heading, ...block.texts]
    }
  })
}
