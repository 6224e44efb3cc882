// Node loads this module before the host (node --import). The module makes timers run 600 times as fast, and records
// every connection in a file whose path is in BANTIN_TEST_CONNECTIONS.
import { appendFileSync } from 'node:fs'
import { Socket } from 'node:net'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'

const speed = 600
const record = (what) => appendFileSync(process.env.BANTIN_TEST_CONNECTIONS, `${what}\n`)

for (const name of ['setTimeout', 'setInterval']) {
  const original = globalThis[name]
  globalThis[name] = (work, delay = 0, ...given) => original(work, delay / speed, ...given)
}
const { connect } = Socket.prototype
Socket.prototype.connect = function (...given) {
  record(`connect ${JSON.stringify(given[0])}`)
  return connect.apply(this, given)
}
const { lookup } = dns
dns.lookup = (name, ...given) => {
  record(`lookup ${name}`)
  return lookup(name, ...given)
}
syncBuiltinESMExports()
