import { callHost } from '../../bridge'
import { attempt } from '../report-error'
import { saveText } from '../save-files'
import { useSettings } from '../settings'
import { useToasts } from '../toasts'
import { useSources } from './sources'

const maxMb = 20

/** Follows the sources of an OPML file, and shows how many of these sources were new. */
export async function importSourceList(file: File): Promise<void> {
  if (file.size > maxMb * 1_000_000) {
    useToasts().show({ code: 'too-large', message: 'list', details: { name: file.name, limitMb: maxMb } })
    return
  }
  const answer = await attempt(async () => callHost('importSources', { text: await file.text() }))
  if (answer === null) return
  await useSources().reloadQuietly()
  const { say } = useSettings()
  useToasts().show(say('sources.list-imported', { count: answer.added.length, known: answer.known }))
  if (answer.unreadable.length > 0)
    useToasts().show(say('sources.list-unreadable', { count: answer.unreadable.length }))
}

/** Saves the followed sources as an OPML file. */
export async function exportSourceList(): Promise<void> {
  await attempt(async () => {
    const { name, text } = await callHost('exportSources', {})
    await saveText(name, text)
  })
}
