import { createTrashCommand } from './create-trash-command'

/** `bantin restore ID…`: moves bulletins out of the trash, back to their folders. */
export const command = createTrashCommand('restore', 'restoreBulletins', 'cli.restored')
