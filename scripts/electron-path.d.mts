/** The path of Electron's executable, or the reason why Electron cannot run here. */
export function findElectron(env?: NodeJS.ProcessEnv): { path: string; reason: null } | { path: null; reason: string }
/** The folder of the electron package, or null if it is not installed. */
export function packageFolder(): string | null
