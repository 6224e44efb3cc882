import { createTrashCommand } from './create-trash-command'

/** `bantin restore ID…`: out of the trash, to where they were. */
export const command = createTrashCommand('restore', 'restoreBulletins', 'cli.restored')
