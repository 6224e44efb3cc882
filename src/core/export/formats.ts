import type { ExportFormat } from '../../shared/export/export-formats'
import type { Format } from './format'

/** All formats. The code of a format is loaded when the format is first used. */
export const formats: Readonly<Record<ExportFormat, () => Promise<Format>>> = {
  html: async () => (await import('./html')).html,
  epub: async () => (await import('./epub')).epub,
  text: async () => (await import('./plain-text')).text,
  markdown: async () => (await import('./markdown')).markdown,
  json: async () => (await import('./json')).json,
}
