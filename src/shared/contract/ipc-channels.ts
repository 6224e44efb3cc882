/** The two IPC channels of the preload. The main process does not listen to other channels. */
export const ipcChannels = { call: 'bantin:call', event: 'bantin:event' } as const
