import { movingCommand } from './create-trash-command'

/** `bantin trash ID…`: to the trash, whence they can come back. */
export const command = movingCommand('trash', 'trashBulletins', 'cli.trashed')
