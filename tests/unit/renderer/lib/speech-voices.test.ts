import { describe, expect, it } from 'vitest'
import { type Voice, chooseVoice } from '../../../../src/renderer/src/lib/speech-voices'

const voice = (voiceURI: string, localService: boolean): Voice => ({
  voiceURI,
  name: voiceURI,
  lang: 'vi-VN',
  localService,
})
const [an, online] = [voice('an', true), voice('qua-mang', false)]

describe('the voice to read with', () => {
  it.each<[string, Voice[], string | null, Voice | null]>([
    ['one of this machine', [online, an], null, an],
    ['none where only online ones are there: they send the text away', [online], null, null],
    ['an online one where it was chosen', [an, online], 'qua-mang', online],
    ['one of this machine where the chosen one is gone', [an], 'qua-mang', an],
    ['no online one in place of another that is gone', [online], 'khac', null],
    ['none where there is none', [], null, null],
  ])('is %s', (_name, voices, chosen, expected) => expect(chooseVoice(voices, chosen)).toBe(expected))
})
