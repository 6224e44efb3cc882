import { movingCommand } from './moving'

/** `bantin restore ID…`: out of the trash, to where they were. */
export const command = movingCommand('restore', 'restoreBulletins', 'cli.restored')
