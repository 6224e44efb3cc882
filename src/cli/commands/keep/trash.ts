import { createTrashCommand } from './create-trash-command'

/** `bantin trash ID…`: to the trash, whence they can come back. */
export const command = createTrashCommand('trash', 'trashBulletins', 'cli.trashed')
