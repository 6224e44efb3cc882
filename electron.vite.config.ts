import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const from = (path: string): string => resolve(import.meta.dirname, path)

/** The feed of updates and the key that signs it, or null. A build without them never asks for updates. */
function updateSource(): { feed: string; key: string } | null {
  const { BANTIN_UPDATE_URL: folder, BANTIN_UPDATE_KEY: key } = process.env
  return folder && key ? { feed: `${folder.replace(/\/$/, '')}/update.json`, key } : null
}

export default defineConfig({
  // Everything except electron is bundled. The command line then starts in a third of the time, and out/ needs no
  // node_modules.
  main: {
    define: { bantinUpdateSource: JSON.stringify(updateSource()) },
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: from('src/main/index.ts'),
          cli: from('src/cli/index.ts'),
          // An entry of its own for bench/extractors/.
          extract: from('src/core/extract/extract.ts'),
          'parsing-worker': from('src/core/parsing/parsing-worker.ts'),
          'index-worker': from('src/core/library/search/index-worker.ts'),
        },
        // `codeSplitting` decides which modules load late, so the warning about ineffective dynamic imports does not help.
        checks: { ineffectiveDynamicImport: false },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // The modules that every command loads are in two files instead of forty, because finding, reading and linking
          // a file costs more than its code (measured: `list` went from 3.5 to 2.6 times a bare start of Node). "ground"
          // has the modules that the parsing threads need too. A thread must not load the rest, because it starts while
          // the user waits for a page.
          codeSplitting: {
            groups: [
              {
                name: 'ground',
                test: /src[\\/](shared[\\/](errors|bulletin|saved-pages|text[\\/](word-keys|vietnam-time))|core[\\/](fetch[\\/]url|extract[\\/]extract-task|threads[\\/]task-table|text[\\/](escape-html|fold)))\.ts$/,
                priority: 2,
              },
              {
                name: 'start',
                test: /src[\\/](cli[\\/](run|open-app|options[\\/]filter-options)|core[\\/](call-method|library[\\/]open-for-reading))\.ts$/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
  },
  // A sandboxed preload must be one CommonJS file that imports only electron.
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: from('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    plugins: [vue()],
    build: {
      // Fonts stay files, because the content security policy forbids fonts from data: addresses.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: from('src/renderer/index.html'),
          article: from('src/renderer/article.html'),
          sheets: from('src/renderer/sheets.html'),
        },
      },
    },
  },
})
