import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CheckResult } from '../../../../shared/contract/api'
import { parseVerificationCode } from '../../../../shared/print/verification-code'
import { callHost } from '../../bridge'
import { createResponseGuard } from '../../lib/response-guard'

/** The verification code of a printed page, if the search field has one. */
export const useVerificationCode = defineStore('verification-code', () => {
  /** `wrong-check` if the code is mistyped. Null if the field has no code, or the library has not answered. */
  const result = shallowRef<CheckResult | 'wrong-check' | null>(null)
  const checks = createResponseGuard()

  /** Checks the code in a text. */
  async function check(text: string): Promise<void> {
    const request = checks.begin()
    const code = parseVerificationCode(text)
    // A single word is more likely a search than a mistyped code.
    result.value = code === 'wrong-check' && /\d/.test(text) && /-/.test(text) ? code : null
    if (code === null || code === 'wrong-check') return
    const found = await callHost('checkCode', { code: code.code }).catch(() => null)
    if (request.isLatest()) result.value = found
  }

  return { result, check }
})
