// A large file to S3: how much memory it takes, how fast it is beside a plain copy of the stream, and what is sent again after a
// break. The stand-in for S3 runs in another process, checks every part and throws it away.
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {closeSync, ftruncateSync, mkdtempSync, openSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {fileURLToPath} from 'node:url'
import {printTable} from './table.ts'

const mebibyte = 1024 * 1024

export async function benchUpload(size: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  const path = join(directory, 'data.bin')
  const file = openSync(path, 'w')
  // Sparse: the bytes are zeros, and reading them costs no disk.
  ftruncateSync(file, size)
  closeSync(file)
  try {
    const plain = await measured('copy', path, [])
    const whole = await measured('upload', path, [])
    const broken = await measured('upload', path, ['--break'])
    const rows = [
      ['plain stream to the same socket', ...figures(plain, size), ''],
      ['upload in parts, SHA-256 of each', ...figures(whole, size), String(whole.parts)],
      ['upload that broke off half-way, then again', ...figures(broken, size), String(broken.parts)],
    ]
    const title = `Upload of ${Math.round(size / mebibyte)} MiB (the aim: a peak below 300 MB)`
    printTable(title, ['', 'time', 'throughput', 'peak memory', 'parts that came'], rows)
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}

type Measured = {readonly ms: number; readonly peakBytes: number; readonly parts: number}

function figures({ms, peakBytes}: Measured, size: number): string[] {
  const perSecond = size / mebibyte / (ms / 1000)
  return [`${(ms / 1000).toFixed(1)} s`, `${Math.round(perSecond)} MiB/s`, `${Math.round(peakBytes / 1e6)} MB`]
}

async function measured(way: 'copy' | 'upload', path: string, extra: readonly string[]): Promise<Measured> {
  const server = start('upload-stand-in.ts', extra)
  const url = await firstLine(server)
  const env = {AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench'}
  const client = start('upload-client.ts', [way, path, url], env)
  try {
    const figures = JSON.parse(await firstLine(client)) as Omit<Measured, 'parts'>
    const parts = firstLine(server)
    server.kill()
    return {...figures, parts: Number(await parts)}
  } finally {
    server.kill()
    client.kill()
  }
}

function start(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const program = fileURLToPath(new URL(script, import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    env: {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output')
  const lines = createInterface({input: child.stdout})
  const end = once(child, 'close').then(() => {
    throw new Error('the process ended without a word')
  })
  const [line] = await Promise.race([once(lines, 'line'), end])
  return String(line)
}
