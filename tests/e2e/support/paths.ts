import { join } from 'node:path'

/** The path of the folder of the repository. */
export const root = join(import.meta.dirname, '..', '..', '..')
/** The path of the built command line. */
export const cli = join(root, 'out', 'main', 'cli.js')
/** The path of the folder of bulletins as text files. */
export const bulletinFixtures = join(root, 'tests', 'fixtures', 'bulletins')
/** The path of the sample bulletin that a new library starts with. */
export const sampleFile = join(root, 'resources', 'sample', 'bulletin-2020-09-08.txt')
