/** Runs Electron until it ends. `problem` explains an Electron that could not start, else it is null. */
export function runElectron(
  path: string,
  args: readonly string[],
  options?: { cwd?: string; startMs?: number },
): Promise<{ code: number; problem: string | null }>
/** Explains why Electron could not start, from its error output. */
export function startProblem(errors: string): string
