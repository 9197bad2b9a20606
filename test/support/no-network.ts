// Fails a test that opens a socket to another machine: tests run offline, and so does mlpipe on `local`.
import net from 'node:net'

const loopback = new Set(['localhost', '127.0.0.1', '::1'])
const connect = net.Socket.prototype.connect

net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
  const host = hostOf(args)
  if (host !== undefined && !loopback.has(host)) throw new Error(`a test tried to reach ${host}; tests use no network`)
  return Reflect.apply(connect, this, args)
}

/** The host of the forms `connect` takes; node normalises them to one array inside. A path (a pipe) has none. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost'
  }
  if (typeof first !== 'number') return undefined
  return typeof second === 'string' ? second : 'localhost'
}
