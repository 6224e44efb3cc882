import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CheckResult } from '../../../../shared/contract/api'
import { parseVerificationCode } from '../../../../shared/print/verification-code'
import { callHost } from '../../bridge'
import { createResponseGuard } from '../../lib/response-guard'

/** Checks the verification code of a printed page if the user enters one in the search field. */
export const useVerificationCode = defineStore('verification-code', () => {
  /** `wrong-check` if the code is mistyped. Null if the field has no code, or if the library has not answered yet. */
  const result = shallowRef<CheckResult | 'wrong-check' | null>(null)
  const checks = createResponseGuard()

  /** Checks the code in a text. */
  async function check(text: string): Promise<void> {
    const request = checks.begin()
    const code = parseVerificationCode(text)
    // Reports a mistyped code only for a text with a digit and a hyphen, because a plain word is more likely a search.
    result.value = code === 'wrong-check' && /\d/.test(text) && /-/.test(text) ? code : null
    if (code === null || code === 'wrong-check') return
    const found = await callHost('checkCode', { code: code.code }).catch(() => null)
    if (request.isLatest()) result.value = found
  }

  return { result, check }
})
