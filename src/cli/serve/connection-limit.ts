import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** The maximum number of open connections. A browser opens six connections, and its event stream holds one of them. */
const maxConnections = 200

/**
 * Limits the connections of a server and keeps serving authenticated clients when the limit is reached. Then it closes
 * the oldest connection without a token. Node's own `maxConnections` refuses the newest connection instead, so 200
 * silent connections would block all other clients.
 */
export function limitConnections(server: Server, max = maxConnections): { markAuthenticated(socket: Socket): void } {
  // A Set keeps the order of insertion, so the first entry is the oldest.
  const unauthenticated = new Set<Socket>()
  const authenticated = new Set<Socket>()
  server.on('connection', (socket) => {
    unauthenticated.add(socket)
    socket.once('close', () => {
      unauthenticated.delete(socket)
      authenticated.delete(socket)
    })
    const [oldest] = unauthenticated
    if (unauthenticated.size + authenticated.size > max) oldest?.destroy()
  })
  return {
    markAuthenticated(socket) {
      if (unauthenticated.delete(socket)) authenticated.add(socket)
    },
  }
}
