import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CheckResult } from '../../../../shared/contract/api'
import { parseVerificationCode } from '../../../../shared/print/verification-code'
import { callHost } from '../../bridge'
import { createResponseGuard } from '../../lib/response-guard'

/** Checks the verification code of a printed page when the user types such a code into the search field. */
export const useVerificationCode = defineStore('verification-code', () => {
  /**
   * The result of the check, or `wrong-check` if the code is mistyped. The value is null if the field has no code, or
   * if the library has not answered yet.
   */
  const result = shallowRef<CheckResult | 'wrong-check' | null>(null)
  const checks = createResponseGuard()

  /** Checks whether a text is a verification code, and asks the library for the bulletin of the code. */
  async function check(text: string): Promise<void> {
    const request = checks.begin()
    const code = parseVerificationCode(text)
    // A mistyped code is reported only for a text with a digit and a hyphen, because a plain word is more likely a
    // search.
    result.value = code === 'wrong-check' && /\d/.test(text) && /-/.test(text) ? code : null
    if (code === null || code === 'wrong-check') return
    const found = await callHost('checkCode', { code: code.code }).catch(() => null)
    if (request.isLatest()) result.value = found
  }

  return { result, check }
})
