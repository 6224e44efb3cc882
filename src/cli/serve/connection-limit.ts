import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { isLocalSocket } from './client'

/**
 * Maximum number of open connections of this machine. The connections of all other machines together have the same
 * maximum. A browser opens six connections, and its event stream holds one of them.
 */
const maxConnections = 200
/** The maximum number of connections from one other machine. */
const maxPerAddress = 40

/** The limits that a caller may change. Only tests do so. */
export interface ConnectionLimits {
  max?: number
  perAddress?: number
  isLocal?: (socket: Socket) => boolean
}

/**
 * Limits the connections of a server. When the limit is reached, the server closes the oldest connection without a
 * token, so that authenticated clients are still served. Node's own `maxConnections` would refuse the newest
 * connection, so 200 silent connections would block all other clients. Connections of this machine have their own
 * limit, so that other machines cannot keep the user's own browser out.
 */
export function limitConnections(
  server: Server,
  { max = maxConnections, perAddress = maxPerAddress, isLocal = isLocalSocket }: ConnectionLimits = {},
): { markAuthenticated(socket: Socket): void } {
  const groups = { local: createGroup(), remote: createGroup() }
  const groupOf = new WeakMap<Socket, ConnectionGroup>()
  server.on('connection', (socket) => {
    const isOwn = isLocal(socket)
    const group = isOwn ? groups.local : groups.remote
    groupOf.set(socket, group)
    const address = socket.remoteAddress ?? ''
    group.unauthenticated.add(socket)
    group.counts.set(address, (group.counts.get(address) ?? 0) + 1)
    socket.once('close', () => {
      group.unauthenticated.delete(socket)
      group.authenticated.delete(socket)
      const left = (group.counts.get(address) ?? 1) - 1
      if (left === 0) group.counts.delete(address)
      else group.counts.set(address, left)
    })
    if (!isOwn && (group.counts.get(address) ?? 0) > perAddress) {
      // If a machine has too many connections, its newest connection is closed. Its older connections may belong to a
      // browser that is in use.
      socket.destroy()
      return
    }
    const [oldest] = group.unauthenticated
    if (group.unauthenticated.size + group.authenticated.size > max) oldest?.destroy()
  })
  return {
    markAuthenticated(socket) {
      const group = groupOf.get(socket)
      if (group?.unauthenticated.delete(socket) === true) group.authenticated.add(socket)
    },
  }
}

/**
 * Connections that share one limit. A Set keeps the order of insertion, so its first entry is the oldest connection.
 */
interface ConnectionGroup {
  unauthenticated: Set<Socket>
  authenticated: Set<Socket>
  /** The number of connections for each network address. */
  counts: Map<string, number>
}

function createGroup(): ConnectionGroup {
  return { unauthenticated: new Set(), authenticated: new Set(), counts: new Map() }
}
