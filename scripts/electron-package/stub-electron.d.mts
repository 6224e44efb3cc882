/** Writes the stub of a system to a folder. `require` belongs to the folder of the packager. */
export function writeStubElectron(
  folder: string,
  system: 'linux' | 'win32',
  version: string,
  require: NodeJS.Require,
): Promise<void>
