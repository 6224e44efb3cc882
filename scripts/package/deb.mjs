// Makes the Debian package, which has /usr/lib/bantin, the command /usr/bin/bantin, a desktop entry and an icon.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../project.mjs'
import { copy, stageProgram } from './stage.mjs'

const launcher = `#!/bin/sh
exec /usr/lib/bantin/node /usr/lib/bantin/out/main/cli.js "$@"
`

const desktopEntry = `[Desktop Entry]
Type=Application
Name=Bản Tin
GenericName=Bulletin reader
GenericName[vi]=Đọc và lưu giữ bản tin
Comment=Read, print and keep Vietnamese public bulletins
Comment[vi]=Đọc, in và lưu giữ bản tin ngoại tuyến
Exec=bantin app %F
Icon=bantin
Terminal=false
Categories=Office;News;
MimeType=text/html;text/plain;multipart/related;
StartupWMClass=bantin
`

/** Makes the .deb in `target`. Returns a reason if this machine cannot make it, else null. */
export function makeDeb({ node, manifest, work, target }) {
  if (spawnSync('dpkg-deb', ['--version']).status !== 0)
    return 'dpkg-deb is not installed (Debian: apt-get install dpkg)'
  const folder = join(work, 'deb')
  rmSync(folder, { recursive: true, force: true })
  stageProgram(join(folder, 'usr/lib/bantin'), { node, nodeName: 'node', manifest })
  rmSync(join(folder, 'usr/lib/bantin/resources/icon.ico'))
  write(join(folder, 'usr/bin/bantin'), launcher, 0o755)
  write(join(folder, 'usr/share/applications/bantin.desktop'), desktopEntry)
  copy(join(root, 'resources/icon.png'), join(folder, 'usr/share/icons/hicolor/512x512/apps/bantin.png'))
  mkdirSync(join(folder, 'usr/share/doc/bantin'), { recursive: true })
  symlinkSync('../../../lib/bantin/LICENSE', join(folder, 'usr/share/doc/bantin/copyright'))
  write(join(folder, 'DEBIAN/control'), control(manifest, installedKilobytes(folder)))
  fixTimes(folder)
  const args = ['--root-owner-group', '-Zxz', '--build', folder, target]
  const built = spawnSync('dpkg-deb', args, {
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: '315532800' },
  })
  return built.status === 0 ? null : `dpkg-deb: ${built.stderr.trim()}`
}

function control({ version, description, homepage }, kilobytes) {
  return [
    'Package: bantin',
    `Version: ${version}`,
    'Architecture: amd64',
    'Maintainer: Bản Tin contributors <noreply@localhost>',
    `Installed-Size: ${kilobytes}`,
    // The package contains its own Node.js, which needs only these libraries.
    'Depends: libc6 (>= 2.28), libstdc++6',
    'Recommends: chromium | chromium-browser | google-chrome-stable | microsoft-edge-stable, xdg-utils',
    'Section: text',
    'Priority: optional',
    ...(homepage === undefined ? [] : [`Homepage: ${homepage}`]),
    `Description: ${description.split(': ').at(-1)}`,
    ' Bản Tin downloads Vietnamese public bulletins, shows them without a network,',
    ' prints them and keeps them as evidence.',
    '',
  ].join('\n')
}

function write(path, text, mode = 0o644) {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text, { mode })
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
}

function installedKilobytes(folder) {
  const sizes = files(folder).map((each) => (each.isFile() ? statSync(join(each.parentPath, each.name)).size : 0))
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024)
}

/** Gives every file the same modification time, so that the same build always gives the same package. */
function fixTimes(folder) {
  for (const each of files(folder))
    if (!each.isSymbolicLink()) utimesSync(join(each.parentPath, each.name), 315532800, 315532800)
}
