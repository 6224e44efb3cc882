// The renderer runs this file, and the renderer must not load zod (docs/architecture.md).
import { exportDefaults } from '../export/export-formats'
import { defaultFileName } from '../print/print-option-values'
import type { Settings } from './settings'

/** The settings of a user who has changed nothing. */
export const defaultSettings: Settings = {
  language: 'vi',
  theme: 'system',
  textSize: 100,
  font: 'noto-serif',
  lineHeight: 'normal',
  columnWidth: 'normal',
  alignment: 'start',
  railWidth: 220,
  listWidth: 360,
  railFolded: false,
  listFolded: false,
  letterKeys: true,
  acceptedHosts: [],
  printTemplate: 'a4',
  printOptions: {},
  printFileName: defaultFileName,
  printTurn: { isReversed: false, isUpsideDown: false, isTested: false },
  exportFormat: 'html',
  exportOptions: exportDefaults,
  speechRate: 1,
  voice: null,
  softwareRendering: false,
  notifiedSources: [],
  keepsRunning: false,
  startsAtLogin: false,
  checksForUpdates: true,
}
