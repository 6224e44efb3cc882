import type { Client } from '../../src/shared/api'

declare global {
  interface Window {
    bantin?: Client
  }
}
