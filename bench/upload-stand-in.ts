// The S3 of bench/upload.ts: prints its address, serves until it is told to end, and prints how many parts came. With --break, the half of the parts that comes
// first gets through, then all connections break, until the client begins anew.
import {startFakeS3} from '../test/support/fake-s3.ts'

const breaks = process.argv.includes('--break')
let parts = 0
let isBroken = false

const s3 = await startFakeS3({
  discards: true,
  breaksOff: (what) => {
    if (!breaks) return false
    // The second try looks for what the first has left.
    if (what === 'GET uploads' && isBroken) isBroken = false
    if (what.startsWith('PUT part')) parts += 1
    if (parts === 8) isBroken = true
    return isBroken && what.startsWith('PUT part')
  },
})
process.stdout.write(`${s3.url}\n`)
process.once('SIGTERM', () => {
  process.stdout.write(`${s3.log.filter((what) => what.startsWith('PUT part')).length}\n`, () => process.exit())
})
