// The guard of the guard: a test that reaches out fails, the loopback stays open.
import {createServer} from 'node:http'
import net, {type AddressInfo} from 'node:net'
import {expect, it} from 'vitest'

// 192.0.2.0/24 is reserved for documentation and leads nowhere (RFC 5737).
it('refuses a socket to another machine', () => {
  expect(() => net.connect(80, '192.0.2.1')).toThrow('tests use no network')
  expect(() => net.connect({port: 443, host: 'api.sagemaker.us-east-1.amazonaws.com'})).toThrow('tests use no network')
})

it('refuses a request to another machine', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toThrow('fetch failed')
})

it('lets a test talk to a server of its own', async () => {
  const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const {port} = server.address() as AddressInfo
  await expect(fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())).resolves.toBe('here')
  server.close()
})
