import type { App, AppOptions } from '../../core/app-interface'
import { AppError } from '../../shared/errors'
import type { CommandContext } from '../command'
import { openApp } from '../open-app'
import { createBackupDownloads } from './backup-downloads'
import { type Server, startServer } from './server'

/** The options of the web host that a command starts. */
export interface HostOptions {
  program: string
  access: AppOptions['access']
  /** Whether every client is a guest, as with `serve --read-only`. */
  isForGuests: boolean
  host: string
  port: number
  /** Returns a program that wraps the given one. The pages use the returned program. */
  wrap?: (app: App) => App
}

/**
 * Opens the library and serves it to browsers while `work` runs. Then closes both. Throws `wrong-usage` if the port is
 * taken.
 */
export async function withServer(
  context: Pick<CommandContext, 'paths' | 'say'>,
  { program, access, isForGuests, host, port, wrap = (app) => app }: HostOptions,
  work: (server: Server, app: App) => Promise<void>,
): Promise<void> {
  const backups = createBackupDownloads()
  const app = await openApp(context.paths, {
    access,
    isForGuests,
    offerSample: true,
    recovery: 'later',
    followsSchedules: true,
    program,
    keepsLog: access !== 'read',
    chooseBackup: backups.choose,
  })
  try {
    const server = await startServer(wrap(app), { host, port, backups, isForGuests }).catch((cause: unknown) => {
      const reason = context.say('cli.serve-port', { port })
      throw new AppError('wrong-usage', `serve: ${String(cause)}`, { reason }, { cause })
    })
    try {
      await work(server, app)
    } finally {
      await server.close()
    }
  } finally {
    await app.close()
    await backups.clear()
  }
}
