import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FeatureParts } from '../feature'
import { createAddition } from './create-addition'

const fileName = 'bulletin-2020-09-08.txt'

/** The dependencies of {@link addSampleBulletin}. */
type SampleParts = Pick<FeatureParts, 'ports' | 'library' | 'emit' | 'extract'>

/** Adds the sample bulletin in the program's resources to the library. Returns the id of the bulletin. */
export async function addSampleBulletin({ ports, library, emit, extract }: SampleParts): Promise<string> {
  const bytes = await readFile(join(ports.paths.resources, 'sample', fileName))
  const page = { bytes, name: fileName }
  const { id } = await library.add(createAddition(page, await extract(page)))
  await library.recordSampleAdded()
  emit({ type: 'bulletins-changed', ids: [id] })
  return id
}

/** Adds the sample bulletin to an empty library that has never had it. A failure is logged and not thrown. */
export async function offerSampleBulletin(parts: SampleParts): Promise<void> {
  const { ports, library } = parts
  if (library.readOnly || library.needsRecovery() || library.wasSampleAdded()) return
  if ((await library.count()).all > 0) return
  await addSampleBulletin(parts).catch((thrown: unknown) => ports.log.warn('sample bulletin: not added', thrown))
}
