import { movingCommand } from './moving'

/** `bantin trash ID…`: to the trash, whence they can come back. */
export const command = movingCommand('trash', 'trashBulletins', 'cli.trashed')
