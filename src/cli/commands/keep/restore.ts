import { movingCommand } from './create-trash-command'

/** `bantin restore ID…`: out of the trash, to where they were. */
export const command = movingCommand('restore', 'restoreBulletins', 'cli.restored')
