import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Forbids imports between layers (docs/architecture.md). tests/unit/architecture/layers.ts has the complete table. */
const layer = (files, ...forbidden) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: forbidden.map((regex) => ({ regex })) }] },
})

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'test-results/', 'playwright-report/', 'bench/.cache/', 'bench/results/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...vue.configs['flat/recommended']],
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        extraFileExtensions: ['.vue'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Ports and stores are plain objects without `this`, so their functions may be passed on.
      '@typescript-eslint/unbound-method': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'no-control-regex': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['src/core/**'],
    rules: { 'no-console': 'error', 'no-restricted-globals': ['error', 'window', 'document', 'localStorage'] },
  },
  layer(['src/shared/**'], '^node:', '^electron', '\\.\\./(core|main|preload|cli|renderer)/'),
  layer(['src/core/**'], '^electron', '^conf$', '^vue', '\\.\\./(main|preload|cli|renderer)/'),
  layer(['src/main/**'], '\\.\\./(cli|renderer|preload)/'),
  layer(['src/preload/**'], '^node:', '\\.\\./(core|main|cli|renderer)/'),
  layer(['src/cli/**'], '^electron', '\\.\\./(main|preload|renderer)/'),
  layer(['src/renderer/**'], '^node:', '^electron', '^zod', '\\.\\./(core|main|preload|cli)/'),
  {
    files: ['**/*.mjs', 'eslint.config.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'Buffer',
          'SharedArrayBuffer',
          'Atomics',
          'fetch',
          'performance',
          'AbortController',
          'Response',
          'document',
          'requestAnimationFrame',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  prettier,
)
