// The icon in the notification area, and the notifications of the system.
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import type * as Electron from 'electron'
import { click, describeItem, type MenuItem } from './menus.ts'
import { checkOptions } from './options.ts'
import { record, requireReady } from './state.ts'

/** An icon in the notification area. The line `{"tray":"Thoát"}` on stdin clicks an item of its menu. */
export class Tray extends EventEmitter implements Pick<Electron.Tray, 'setToolTip' | 'destroy' | 'isDestroyed'> {
  #isDestroyed = false
  menu: MenuItem[] = []
  constructor(image: ShimImage) {
    super()
    requireReady('Tray')
    if (image.isEmpty()) throw new TypeError('electron: the image of a Tray must not be empty')
    trays.add(this)
    record('tray.new', [])
  }
  setToolTip(text: string): void {
    record('tray.tip', [text])
  }
  setContextMenu(items: MenuItem[]): void {
    this.menu = [...items]
    record('tray.menu', [items.map(describeItem)])
  }
  destroy(): void {
    this.#isDestroyed = true
    trays.delete(this)
    record('tray.destroy', [])
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}
const trays = new Set<Tray>()

interface ShimImage {
  isEmpty(): boolean
  resize(options: { width?: number; height?: number }): ShimImage
}
/** The export `nativeImage` of the module `electron`. */
export const nativeImage = {
  createFromPath(path: string): ShimImage {
    const image: ShimImage = { isEmpty: () => !existsSync(path), resize: () => image }
    return image
  },
}

/** A notification of the system. The line `{"notification":"click"}` on stdin clicks the last notification. */
export class Notification extends EventEmitter implements Pick<Electron.Notification, 'show' | 'close'> {
  static isSupported = (): boolean => true
  readonly #options: object
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    requireReady('Notification')
    checkOptions('NotificationConstructorOptions', options)
    this.#options = options
  }
  show(): void {
    record('notification.show', [this.#options])
    clickLast = () => this.emit('click', {})
  }
  close(): void {
    this.emit('close')
  }
}
let clickLast = (): unknown => undefined

/** Clicks the item with a label in the menus of the icons. */
export function clickTray(label: string): void {
  click(
    [...trays].flatMap((tray) => tray.menu),
    label,
  )
}

/** Clicks the last notification. */
export function clickNotification(): void {
  clickLast()
}
