// Serves the hostile answers of hostile-inputs.mjs from a separate thread, so that serving does not count as work of
// the program. The first part of the path is the name of the answer, and any other name gets a harmless page. If
// `robots` is not null, /robots.txt returns the hostile robots.txt of that name.
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
