import { describe, expect, it } from 'vitest'
import { prepareSpeech } from '../../../../../src/core/text/speech/prepare-speech'

describe('prepareSpeech', () => {
  it('prepareSpeech splits a paragraph into sentences with their spoken text', () => {
    const paragraph = 'UBND tỉnh họp ngày 08/09/2020. Thu 12.840 tỷ đồng./.'
    const { paragraphs } = prepareSpeech([paragraph])
    expect(paragraphs[0]?.map(({ from, to }) => paragraph.slice(from, to))).toEqual([
      'UBND tỉnh họp ngày 08/09/2020.',
      'Thu 12.840 tỷ đồng./.',
    ])
    expect(paragraphs[0]?.map(({ spoken }) => spoken)).toEqual([
      'Ủy ban nhân dân tỉnh họp ngày mồng tám tháng chín năm hai nghìn không trăm hai mươi.',
      'Thu mười hai nghìn tám trăm bốn mươi tỷ đồng.',
    ])
    expect(paragraphs[0]?.map(({ syllables }) => syllables)).toEqual([18, 10])
  })

  it('prepareSpeech returns no sentences for a paragraph of signs without words', () => {
    expect(prepareSpeech(['***', 'Xong.', '']).paragraphs.map((sentences) => sentences.length)).toEqual([0, 1, 0])
  })

  it('prepareSpeech lists an abbreviation with several meanings but does not expand the abbreviation', () => {
    const { paragraphs, ambiguous } = prepareSpeech(['BTC trao giải.', 'BTC cảm ơn.'])
    expect(ambiguous).toEqual(['BTC'])
    expect(paragraphs[0]?.[0]?.spoken).toBe('BTC trao giải.')
  })
})
