/** Returns the paths of the program's files, relative to the folder of the repository. */
export function listProgramFiles(): string[]
