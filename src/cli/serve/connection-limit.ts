import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Most connections at once: a browser opens six, and a tab that listens holds one. */
const maxConnections = 200

/**
 * Bounds the connections of a server so that those who show no token can't keep out those who do: where it is full, the
 * stranger who has been there longest goes, and a newcomer only where there is no other. (`maxConnections` turns away the
 * newcomer: 200 silent connections kept everyone out for as long as they liked.)
 */
export function limitConnections(server: Server, most = maxConnections): { markAuthenticated(socket: Socket): void } {
  // Sets keep the order in which they were filled.
  const strangers = new Set<Socket>()
  const guests = new Set<Socket>()
  server.on('connection', (socket) => {
    strangers.add(socket)
    socket.once('close', () => {
      strangers.delete(socket)
      guests.delete(socket)
    })
    const [oldest] = strangers
    if (strangers.size + guests.size > most) oldest?.destroy()
  })
  return {
    markAuthenticated(socket) {
      if (strangers.delete(socket)) guests.add(socket)
    },
  }
}
