import { expect, it } from 'vitest'
import { fold } from '../../../../src/core/text/fold'
import { toSlug } from '../../../../src/core/text/slug'

it.each([
  ['Bắc Kạn', 'bac kan'],
  ['ĐẨY MẠNH', 'day manh'],
  ['Ðẩy đường ðê', 'day duong de'],
  ['quê hương'.normalize('NFD'), 'que huong'],
  ['Nghị định 08/2020/NĐ-CP', 'nghi dinh 08/2020/nd-cp'],
])('fold turns "%s" into "%s"', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

it.each([
  ['Đẩy mạnh phong trào thi đua yêu nước, góp phần', 40, 'day-manh-phong-trao-thi-dua-yeu-nuoc-gop'],
  ['Đẩy mạnh phong trào thi đua', 40, 'day-manh-phong-trao-thi-dua'],
  ['  --  5,3%/năm!  ', 40, '5-3-nam'],
  ['../../etc/passwd', 40, 'etc-passwd'],
  ['CON', 40, 'con'],
  ['日本語', 40, ''],
  ['', 40, ''],
  ['Bắc Kạn chung sức', 8, 'bac-kan'],
  ['Nghiêng', 3, 'ngh'],
  ['a Nghiêngngả', 6, 'a-nghi'],
])('toSlug turns "%s" with at most %i characters into "%s"', (title, maxLength, slug) => {
  expect(toSlug(title, maxLength)).toBe(slug)
})
