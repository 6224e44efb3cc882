/** Where Electron's executable is, or why there is none. */
export function findElectron(env?: NodeJS.ProcessEnv): { path: string; reason: null } | { path: null; reason: string }
export function packageFolder(): string | null
