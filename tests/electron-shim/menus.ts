// The menus of the shim. The shim checks their items, records them and clicks them.
import type * as Electron from 'electron'
import { checkAccelerator, checkOptions } from './options.ts'
import { record } from './state.ts'

/** An item of a menu. */
export type MenuItem = Electron.MenuItemConstructorOptions & { submenu?: MenuItem[] }
type BuiltMenu = MenuItem[] & { popup(): void }
/** The items of the app's menu. */
let menu: MenuItem[] = []
/** The export `Menu` of the module `electron`. */
export const Menu = {
  buildFromTemplate(template: MenuItem[]): BuiltMenu {
    template.forEach(checkMenuItem)
    return Object.assign([...template], { popup: () => record('menu.popup', [template.map(describeItem)]) })
  },
  setApplicationMenu(template: MenuItem[]): void {
    menu = template
    record('menu.set', [template.map(describeItem)])
  },
}

function checkMenuItem(item: MenuItem): void {
  const { submenu, ...own } = item
  checkOptions('MenuItemConstructorOptions', own)
  if (item.label === undefined && item.role === undefined && item.type !== 'separator')
    throw new TypeError('electron: a menu item needs a label, a role or the type separator')
  if (item.accelerator !== undefined) checkAccelerator(String(item.accelerator))
  submenu?.forEach(checkMenuItem)
}

/** The menu of the icon in the dock of macOS. */
let dockMenu: MenuItem[] = []

/** Sets the menu of the icon in the dock of macOS. */
export function setDockMenu(items: MenuItem[]): void {
  dockMenu = [...items]
  record('dock.menu', [items.map(describeItem)])
}

/** Clicks an item in the menu of the icon in the dock. */
export function clickDock(label: string): void {
  click(dockMenu, label)
}

/** Returns the properties of a menu item that the shim records. */
export function describeItem({ label, role, accelerator, submenu }: MenuItem): object {
  return { label, role, accelerator, ...(submenu === undefined ? {} : { submenu: submenu.map(describeItem) }) }
}

/** Clicks an item of the app's menu. */
export function clickMenu(label: string): void {
  click(
    menu.flatMap(({ submenu = [] }) => submenu),
    label,
  )
}

/** Clicks the menu item with a label. Does nothing if there is no such item. */
export function click(items: readonly MenuItem[], label: string): void {
  const item = items.find((candidate) => candidate.label === label)
  ;(item?.click as (() => void) | undefined)?.()
}
