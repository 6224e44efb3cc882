import { defineStore } from 'pinia'
import type { VerifyResult } from '../../../shared/contract/api'
import { callHost } from '../bridge'
import { useJob } from '../composables/use-job'
import { vietnamToday } from '../lib/format'
import { useHost } from './host'
import { attempt, reportError } from './report-error'
import { download, saveText } from './save-files'
import { useSettings } from './settings'
import { useToasts } from './toasts'

/** The verification and the backup of the library, and the diagnostic report. */
export const useMaintenance = defineStore('maintenance', () => {
  const verifying = useJob('verify')
  const backingUp = useJob('backup')

  async function verify(): Promise<void> {
    if (verifying.isBusy.value) return
    await attempt(() => verifying.run(() => callHost('startVerify', {})))
  }

  /** Saves the result of a verification as a text file. */
  async function saveVerifyReport({ checked, damaged }: VerifyResult): Promise<void> {
    const { say } = useSettings()
    const { libraryPath, version } = useHost().host
    const now = new Date().toLocaleString('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh' })
    const lines = [
      `${say('ui.verify')}: ${libraryPath}`,
      `${now} (GMT+7), ${say('app.name')} ${version}`,
      damaged.length === 0
        ? say('ui.verified', { count: checked })
        : say('cli.damaged', { checked, count: damaged.length }),
      ...damaged.map(({ problem, file }) => `${say(`problem.${problem}`)}: ${file}`),
    ]
    await attempt(() => saveText(`kiem-tra-kho-${vietnamToday()}.txt`, lines.join('\r\n')))
  }

  /**
   * Writes the whole library into one file. On the desktop, the user chooses where the file is saved. A browser
   * downloads the file.
   */
  async function backup(): Promise<void> {
    if (backingUp.isBusy.value) return
    const started = await attempt(() => callHost('startBackup', {}))
    if (started === null) return
    const job = await attempt(() => backingUp.run(() => Promise.resolve(started)))
    if (job === null) return
    const { say } = useSettings()
    if (job.error !== null) reportError(job.error)
    else if (job.result !== null) {
      const { bulletins, damaged } = job.result
      useToasts().show(say('ui.backed-up', { count: bulletins }))
      if (damaged > 0) useToasts().show(say('ui.backup-damaged', { count: damaged }))
      if (started.page !== null) download(started.page)
    }
  }

  /** Fetches the diagnostic report as text. Returns null if the host cannot make the report. */
  async function fetchReport(): Promise<string | null> {
    return (await attempt(() => callHost('getReport', {})))?.text ?? null
  }

  /** Saves the diagnostic report. Tells whether the report was saved. */
  async function saveReport(text: string): Promise<boolean> {
    return (await attempt(() => saveText('bao-loi-ban-tin.txt', text))) ?? false
  }

  const verification = { verifyJob: verifying.job, isVerifying: verifying.isBusy, verify, saveVerifyReport }
  const backups = { backupJob: backingUp.job, isBackingUp: backingUp.isBusy, backup, cancelBackup: backingUp.cancel }
  return { ...verification, cancelVerify: verifying.cancel, ...backups, fetchReport, saveReport }
})
