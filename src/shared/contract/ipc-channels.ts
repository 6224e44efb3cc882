/** The two IPC channels of the preload. The main process listens to no others. */
export const ipcChannels = { call: 'bantin:call', event: 'bantin:event' } as const
