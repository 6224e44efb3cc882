import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const from = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  // Everything but electron is bundled: the command line starts in a third of the time, and out/ runs without node_modules.
  main: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: from('src/main/index.ts'),
          cli: from('src/cli/index.ts'),
          // Alone, for bench/extractors.
          extract: from('src/core/extract/extract.ts'),
          'extract-worker': from('src/core/extract/worker.ts'),
          'index-worker': from('src/core/library/search/index-worker.ts'),
        },
        // Which of them are loaded late is decided below.
        checks: { ineffectiveDynamicImport: false },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // What every command loads, with all it imports, in two files instead of forty: finding, reading and linking a
          // file costs more than its code does (measured: `list` 3.5 → 2.6 times a bare start of Node). What the thread
          // of an extraction shares with it stands apart, so that this thread, new for each page, loads nothing more.
          codeSplitting: {
            groups: [
              {
                name: 'ground',
                test: /src[\\/](shared[\\/](errors|bulletin|saved-pages|text[\\/]word-keys)|core[\\/]text[\\/](escape-html|fold))\.ts$/,
                priority: 2,
              },
              {
                name: 'start',
                test: /src[\\/](cli[\\/](run|open-app|call-method|options[\\/]filter-options)|core[\\/]library[\\/]open-for-reading)\.ts$/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
  },
  // A sandboxed preload is one CommonJS file that needs nothing but electron.
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
      // Fonts stay files: a data: font would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: from('src/renderer/index.html'), article: from('src/renderer/article.html') },
      },
    },
  },
})
