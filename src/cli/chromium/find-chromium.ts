// This file uses only node:* imports and TypeScript that Node.js can run without a compiler ("erasable syntax"),
// because the scripts in scripts/ load the source of this file.
import { statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a Chromium on this machine, and the list of the paths that were tried. */
export interface FoundChromium {
  path: string | null
  tried: string[]
}

/**
 * Looks for Chrome, Edge or Chromium. The function tries CHROME_PATH first, then the usual places of the system, then
 * PATH.
 */
export function findChromium(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): FoundChromium {
  const chosen = env['CHROME_PATH']
  const candidates = [...(chosen === undefined || chosen === '' ? [] : [chosen]), ...usualPlaces(env, platform)]
  const path = candidates.find(isFile) ?? null
  return { path, tried: candidates }
}

/** Tells whether a file exists at this path. A folder does not count as a file. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false // the file is missing or not readable for this user
  }
}

function usualPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    )
    const programs = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
    ]
    return programs.flatMap((parts) => roots.map((root) => join(root, ...parts)))
  }
  if (platform === 'darwin')
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ]
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env['PATH'] ?? '').split(delimiter).filter(Boolean)]
  return [...new Set(names.flatMap((name) => folders.map((folder) => join(folder, name))))]
}
