// `node scripts/make-icons.mjs`: draws resources/icon.png, icon.ico and icon.icns from src/renderer/src/icon.svg.
import { chromium } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumForTests } from './chromium-for-tests.mjs'
import { root } from './project.mjs'

const svg = readFileSync(join(root, 'src', 'renderer', 'src', 'icon.svg'), 'utf8')
const folder = join(root, 'resources')
mkdirSync(folder, { recursive: true })

const browser = await chromium.launch({ executablePath: chromiumForTests(), args: ['--no-sandbox'] })
const page = await browser.newPage()
const drawn = new Map()
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body{margin:0;background:none}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  )
  drawn.set(size, await page.screenshot({ omitBackground: true }))
}
await browser.close()

writeFileSync(join(folder, 'icon.png'), drawn.get(512))
writeFileSync(join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256]))
writeFileSync(
  join(folder, 'icon.icns'),
  icns({ ic04: 16, ic05: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 }),
)

/**
 * Returns a Windows icon whose pictures are PNG files. It consists of a header, one directory entry of 16 bytes for
 * each picture, and the pictures.
 */
function ico(sizes) {
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  sizes.forEach((size, at) => {
    const png = drawn.get(size)
    const entry = 6 + 16 * at
    // The size 256 is written as 0, because the field has one byte.
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([header, ...sizes.map((size) => drawn.get(size))])
}

/**
 * Returns a macOS icon: a header of 8 bytes, and for each picture a type, a length and a PNG file. The length includes
 * the type and the length field.
 */
function icns(types) {
  const parts = Object.entries(types).map(([type, size]) => block(type, drawn.get(size)))
  return block('icns', Buffer.concat(parts))
}

function block(type, content) {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([header, content])
}
