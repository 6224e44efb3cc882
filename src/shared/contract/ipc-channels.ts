/** Channel names of the preload; fixed, nothing else is listened to. */
export const ipcChannels = { call: 'bantin:call', event: 'bantin:event' } as const
