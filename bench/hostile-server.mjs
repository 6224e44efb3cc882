// Serves the answers of hostile-inputs.mjs from a thread of its own, so that serving them does not count as work of the
// program. The path /N/… has the answer number N. /robots/N/ has the robots.txt number N at the root of another port.
import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { collection, hostile } from './hostile-inputs.mjs'

const answers = { ...hostile.answers, ...collection.answers }
const { robots } = workerData
const made = new Map()
const bodyOf = (path) => {
  if (path === '/robots.txt') return robots === null ? null : hostile.robots[robots]()
  const name = decodeURIComponent(path.split('/')[1] ?? '')
  if (answers[name] === undefined) return Buffer.from(`<p>${'Một đoạn văn dài của bản tin. '.repeat(40)}</p>`)
  if (!made.has(name)) made.set(name, answers[name]())
  return made.get(name)
}
const server = createServer((request, response) => {
  const body = bodyOf(request.url ?? '')
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(body)
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
