import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures'
import { highlightedTexts, isHighlightInView } from '../support/article-text'
import { openFirstVersion } from '../support/page-versions'

interface FakeVoice {
  name: string
  localService: boolean
}

/** Adds voices without sound, because headless Chromium has no voices. The test itself ends each spoken sentence. */
async function setVoices(page: Page, voices: readonly FakeVoice[]): Promise<void> {
  await page.evaluate((given) => {
    const utterances: { text: string; rate: number; voice: FakeVoice | null; onend?: () => void }[] = []
    class Utterance {
      rate = 1
      voice: FakeVoice | null = null
      constructor(readonly text: string) {}
    }
    const fakeVoices = given.map((voice) => ({ ...voice, lang: 'vi-VN', voiceURI: voice.name }))
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => fakeVoices,
      speak: (utterance: Utterance) => void utterances.push(utterance),
      cancel: () => undefined,
    })
    const define = (name: string, value: unknown): void =>
      void Object.defineProperty(window, name, { value, configurable: true })
    define('speechSynthesis', synthesis)
    define('SpeechSynthesisUtterance', Utterance)
    define('utterances', utterances)
  }, voices)
}

const spokenSentences = (page: Page): Promise<{ text: string; rate: number; voice: string | undefined }[]> =>
  page.evaluate(() =>
    (window as unknown as { utterances: { text: string; rate: number; voice: FakeVoice | null }[] }).utterances.map(
      ({ text, rate, voice }) => ({ text, rate, voice: voice?.name }),
    ),
  )
const endSentence = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { utterances: { onend(): void }[] }).utterances.at(-1)?.onend())
const lastSentence = async (page: Page): Promise<string | undefined> => (await spokenSentences(page)).at(-1)?.text

const an = { name: 'An', localService: true }
const online = { name: 'Hoài My', localService: false }

test.beforeEach(({ page, article }) => openFirstVersion(page, article))

test('reading aloud goes through the article sentence by sentence, and the spoken sentence is highlighted and in view', async ({
  page,
  article,
}) => {
  await setVoices(page, [online, an])
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  await expect.poll(() => lastSentence(page)).toBe('Lịch tiếp công dân của Ủy ban nhân dân xã')
  expect((await spokenSentences(page))[0]?.voice).toBe('An')
  await expect.poll(() => highlightedTexts(article, 'spoken')).toEqual(['Lịch tiếp công dân của UBND xã'])
  await endSentence(page)
  await endSentence(page)
  await expect.poll(() => lastSentence(page)).toBe('Mọi công dân có kiến nghị đều được hướng dẫn tận tình.')
  await expect
    .poll(() => highlightedTexts(article, 'spoken'))
    .toEqual(['Mọi công dân có kiến nghị đều được hướng dẫn tận tình.'])
  await expect(page.getByText('Câu 3/7')).toBeVisible()
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+=')
  await page.getByRole('button', { name: 'Đoạn sau' }).click()
  await endSentence(page)
  await expect.poll(() => isHighlightInView(article, 'spoken')).toBe(true)
})

test('reading aloud can pause, continue, move by paragraph and change its rate, and ends when another bulletin opens', async ({
  page,
  article,
}) => {
  await setVoices(page, [an])
  await page.keyboard.press('l')
  await expect.poll(() => lastSentence(page)).toContain('Lịch tiếp')
  await page.keyboard.press('l')
  await expect(page.getByRole('button', { name: 'Đọc tiếp' })).toBeVisible()
  const count = (await spokenSentences(page)).length
  await endSentence(page)
  expect((await spokenSentences(page)).length).toBe(count)
  await page.getByRole('button', { name: 'Đọc tiếp' }).click()
  await expect.poll(async () => (await spokenSentences(page)).length).toBe(count + 1)
  await page.getByRole('button', { name: 'Đoạn sau' }).click()
  await page.getByRole('button', { name: 'Đoạn sau' }).click()
  await expect.poll(() => lastSentence(page)).toContain('ngày mồng năm hằng tháng, bắt đầu từ tám giờ')
  await page.getByRole('button', { name: 'Đoạn trước' }).click()
  await expect.poll(() => lastSentence(page)).toContain('Ban Tổ chức')
  await page.getByRole('combobox', { name: 'Tốc độ đọc' }).selectOption('1,3×')
  await expect.poll(async () => (await spokenSentences(page)).at(-1)?.rate).toBe(1.3)
  await page.getByRole('option').filter({ hasText: 'Đẩy mạnh phong trào' }).click()
  await expect(article.getByRole('heading', { level: 1 })).toContainText('Đẩy mạnh')
  await expect(page.getByRole('region', { name: 'Nghe đọc bản tin' })).toHaveCount(0)
  const atEnd = (await spokenSentences(page)).length
  await endSentence(page)
  expect((await spokenSentences(page)).length).toBe(atEnd)
})

test('the program explains how to install a voice if the machine has none, and uses an online voice only if the user has chosen one', async ({
  page,
  article,
}) => {
  await setVoices(page, [online])
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  const bar = page.getByRole('region', { name: 'Nghe đọc bản tin' })
  await expect(bar).toContainText('Máy này chưa có giọng đọc tiếng Việt.')
  await expect(bar).toContainText('tiếng Việt. Trên Windows: mở Cài đặt › Thời gian & ngôn ngữ › Giọng nói')
  // No sentence is highlighted while nothing is read aloud.
  expect(await highlightedTexts(article, 'spoken')).toEqual([])
  expect(await spokenSentences(page)).toEqual([])
  await bar.getByRole('button', { name: /^Dùng giọng qua mạng/ }).click()
  await expect.poll(async () => (await spokenSentences(page)).at(-1)?.voice).toBe('Hoài My')
})

test('two quick presses of the key start and end reading aloud, and a third press starts reading aloud again', async ({
  page,
}) => {
  await setVoices(page, [an])
  const bar = page.getByRole('region', { name: 'Nghe đọc bản tin' })
  const problems: string[] = []
  await page.exposeFunction('tell', (text: string) => problems.push(text))
  await page.evaluate(() => {
    const tell = (window as unknown as { tell(text: string): void }).tell
    new MutationObserver(() => {
      const problem = document.querySelector('.listening .problem')?.textContent
      if (problem != null) tell(problem)
    }).observe(document.body, { childList: true, subtree: true })
    for (let press = 0; press < 2; press++)
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', bubbles: true }))
  })
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('l')
  await expect.poll(() => lastSentence(page)).toContain('Lịch tiếp')
  expect(problems).toEqual([])
})

test('the loudspeaker script has dates in words, and lists the abbreviations whose meaning is uncertain', async ({
  page,
}) => {
  await setVoices(page, [])
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  await page.getByRole('button', { name: 'Bản đọc truyền thanh' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bản đọc truyền thanh' })
  await expect(dialog).toContainText('ngày mồng tám tháng chín năm hai nghìn không trăm hai mươi')
  await expect(dialog).toContainText('Chữ tắt cần tự xem nghĩa: BTC')
})

test("the duration of a loudspeaker script is computed from its syllables and from the announcer's speaking rate", async ({
  page,
  article,
}) => {
  await page.getByRole('option').filter({ hasText: 'Đẩy mạnh phong trào' }).click()
  await expect(article.getByRole('heading', { level: 1 })).toContainText('Đẩy mạnh phong trào')
  await setVoices(page, [an])
  await page.getByRole('button', { name: 'Nghe đọc' }).click()
  await page.getByRole('button', { name: 'Bản đọc truyền thanh' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bản đọc truyền thanh' })
  const minutes: number[] = []
  for (const rate of [110, 150]) {
    await dialog.getByRole('combobox', { name: 'Tốc độ' }).selectOption(`${rate} tiếng một phút`)
    const sentence = dialog.getByText(/^Đọc khoảng \d+ phút, [\d.]+ tiếng\.$/)
    const [shown = 0, syllables = 0] = (await sentence.innerText()).replaceAll('.', '').match(/\d+/g)?.map(Number) ?? []
    expect(shown).toBe(Math.ceil(syllables / rate))
    minutes.push(shown)
  }
  expect(minutes[0]).toBeGreaterThan(minutes[1] ?? Infinity)
})
