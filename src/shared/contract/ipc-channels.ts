/** Channel names of the preload; fixed, nothing else is listened to. */
export const channels = { call: 'bantin:call', event: 'bantin:event' } as const
