// `npm run portal` starts the portals of the tests, so that a developer can try the program. Ctrl+C stops the portals.
import { behaviours } from './behaviours.ts'
import { familyNames } from './families.ts'
import { startHostileServer } from './hostile.ts'
import { startPortal } from './portal.ts'

const portals = await Promise.all(familyNames.map((family) => startPortal({ family })))
for (const { origin, family, bulletins } of portals)
  console.log(`${origin}/  ${family.name}: ${family.title}, ${bulletins.length} bulletins`)
const hostile = await startHostileServer()
console.log(`${hostile.origin}/NAME  a server that misbehaves; NAME is one of:`)
console.log(behaviours.map(({ name }) => name).join(' '))
