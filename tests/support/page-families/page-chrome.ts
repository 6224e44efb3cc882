/** Texts that pages show around an article, such as menus. None of them belongs to the bulletin. */
export const chromeTexts = {
  menu: ['Trang nhất', 'Giới thiệu chung', 'Lịch công tác', 'Văn bản pháp quy', 'Liên hệ với chúng tôi'],
  others: [
    {
      title: 'Hội thi dân vũ chào mừng ngày thành lập xã mới',
      excerpt:
        'Mười hai đội thi mang đến những tiết mục dàn dựng công phu, được khán giả cổ vũ nồng nhiệt suốt đêm hội diễn.',
    },
    {
      title: 'Ra quân nạo vét kênh mương nội đồng đầu vụ',
      excerpt:
        'Hơn hai trăm đoàn viên, hội viên tham gia nạo vét gần bốn cây số kênh mương, bảo đảm dòng chảy thông suốt.',
    },
    {
      title: 'Tập huấn kỹ thuật trồng nấm cho hội viên phụ nữ',
      excerpt: 'Lớp tập huấn kéo dài ba ngày, kết hợp lý thuyết với thực hành ngay tại trang trại nấm của hợp tác xã.',
    },
    {
      title: 'Trao học bổng cho học sinh vượt khó học giỏi',
      excerpt: 'Ba mươi suất học bổng, mỗi suất một triệu đồng, được trao cho các em có hoàn cảnh đặc biệt khó khăn.',
    },
  ],
  comments: [
    'Cảm ơn xã đã thông tin kịp thời, gia đình tôi ở xa nên đọc được tin này rất mừng và yên tâm hơn nhiều.',
    'Đề nghị đăng thêm ảnh và số điện thoại người phụ trách để bà con tiện hỏi khi có việc cần gấp.',
  ],
  imprint: [
    'Cơ quan chủ quản: Ủy ban nhân dân huyện Ngân Mẫu. Chịu trách nhiệm chính: ông Hứa Văn Thử, Phó Chủ tịch.',
    'Giấy phép số 77/GP-TTĐT do Sở Thông tin và Truyền thông cấp. Ghi rõ nguồn khi phát hành lại thông tin.',
  ],
  advert: 'Siêu thị điện máy giảm giá sốc cuối tuần, mua một tặng một',
} as const

/** The texts around an article that the extraction must leave out. */
export const noise: readonly string[] = [
  ...chromeTexts.others.flatMap(({ title, excerpt }) => [title, excerpt]),
  ...chromeTexts.comments,
  ...chromeTexts.imprint,
  chromeTexts.advert,
]
