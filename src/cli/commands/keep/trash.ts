import { createTrashCommand } from './create-trash-command'

/** `bantin trash ID…`: moves bulletins to the trash. */
export const command = createTrashCommand('trash', 'trashBulletins', 'cli.trashed')
