import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Portals, portalsSchema } from '../../shared/portals'

/**
 * Reads the list of portals from the resources of the program. Throws if the file is missing or invalid, which is a bug
 * of the program.
 */
export async function loadPortals(resources: string): Promise<Portals> {
  const content: unknown = JSON.parse(await readFile(join(resources, 'portals.json'), 'utf8'))
  return portalsSchema.parse(content)
}
