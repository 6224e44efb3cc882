/** Runs Electron's installer until it ends or no byte arrives for `stallMs`. */
export function downloadElectron(
  folder: string,
  options?: {
    installer?: string
    stallMs?: number
    env?: NodeJS.ProcessEnv
    onProgress?: (bytes: number) => void
  },
): Promise<{ ok: true } | { ok: false; reason: string }>
