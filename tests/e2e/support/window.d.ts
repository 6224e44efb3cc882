import type { Client } from '../../../src/shared/contract/api'

declare global {
  interface Window {
    bantin?: Client
  }
}
