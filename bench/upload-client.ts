// The client of bench/upload.ts, in a process of its own: prints one line of JSON with time and peak memory.
import {createReadStream, statSync} from 'node:fs'
import {request} from 'node:http'
import {pipeline} from 'node:stream/promises'
import {connectCloud} from '../src/cloud/connect-cloud.ts'

const [way = '', path = '', url = ''] = process.argv.slice(2)
const started = performance.now()
await (way === 'copy' ? copy() : upload())
const ms = performance.now() - started
const peakBytes = process.resourceUsage().maxRSS * 1024
process.stdout.write(`${JSON.stringify({ms, peakBytes})}\n`)

async function copy(): Promise<void> {
  const headers = {'content-length': statSync(path).size}
  const outgoing = request(`${url}/bucket/plain`, {method: 'PUT', headers})
  const answered = new Promise<void>((resolve, reject) => {
    outgoing.on('response', (response) => response.resume().on('end', resolve))
    outgoing.on('error', reject)
  })
  await pipeline(createReadStream(path, {highWaterMark: 1024 * 1024}), outgoing)
  await answered
}

/** Once more when it breaks off, as a user does. */
async function upload(): Promise<void> {
  const {objects} = await connectCloud({region: 'us-east-1', hasOwnEndpoint: true})
  const put = () => objects.putFile('s3://bucket/data', path)
  await put().catch(put)
}
