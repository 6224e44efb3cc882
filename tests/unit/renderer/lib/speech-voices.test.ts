import { describe, expect, it } from 'vitest'
import { type Voice, chooseVoice } from '../../../../src/renderer/src/lib/speech-voices'

const voice = (voiceURI: string, localService: boolean): Voice => ({
  voiceURI,
  name: voiceURI,
  lang: 'vi-VN',
  localService,
})
const [an, online] = [voice('an', true), voice('qua-mang', false)]

describe('chooseVoice', () => {
  it.each<[string, Voice[], string | null, Voice | null]>([
    ['prefers a voice of this machine', [online, an], null, an],
    ['never chooses an online voice itself, because such a voice sends the text away', [online], null, null],
    ['takes an online voice that the user chose', [an, online], 'qua-mang', online],
    ['takes a voice of this machine if the chosen voice no longer exists', [an], 'qua-mang', an],
    ['takes no other online voice if the chosen voice no longer exists', [online], 'khac', null],
    ['returns null if there are no voices', [], null, null],
  ])('chooseVoice %s', (_name, voices, chosen, expected) => expect(chooseVoice(voices, chosen)).toBe(expected))
})
