import { Menu, type WebContents } from 'electron'
import type { Language } from '../../shared/settings/setting-values'
import { translate } from '../../shared/locales/translate'

/**
 * Shows a context menu with "copy" for selected text and with editing commands for text fields. If no command fits,
 * shows no menu.
 */
export function setContextMenu(contents: WebContents, language: () => Language): void {
  contents.on('context-menu', (_event, { selectionText, isEditable, editFlags }) => {
    const say = (key: Parameters<typeof translate>[1]): string => translate(language(), key)
    const copy = { role: 'copy', label: say('menu.copy'), enabled: editFlags.canCopy } as const
    if (isEditable)
      Menu.buildFromTemplate([
        { role: 'cut', label: say('menu.cut'), enabled: editFlags.canCut },
        copy,
        { role: 'paste', label: say('menu.paste'), enabled: editFlags.canPaste },
        { type: 'separator' },
        { role: 'selectAll', label: say('menu.select-all') },
      ]).popup()
    else if (selectionText.trim() !== '') Menu.buildFromTemplate([copy]).popup()
  })
}
