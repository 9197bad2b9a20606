// `mlpipe local serve` under many clients at once: no error, no lost write, and memory that stays where it is.
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {Agent, request} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import {median} from './measure.ts'
import {printTable} from './table.ts'

type Asked = {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}
type Call = (asked: Asked) => Promise<string>

/** How one acknowledged write is looked for afterwards, and what has to be found. */
type Write = {readonly read: Asked; readonly holds: string}

type Load = {
  readonly times: number[]
  readonly writes: Write[]
  readonly errors: string[]
}

/** One in so many rounds starts an execution. */
const roundsAnExecution = 5

export async function benchServe(program: string, clients: number, seconds: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mlpipe-bench-'))
  const {child, port} = await startServer(program, directory)
  try {
    const load: Load = {times: [], writes: [], errors: []}
    const memory = [residentMegabytes(child)]
    const end = performance.now() + seconds * 1000
    const lanes = Promise.all(Array.from({length: clients}, (_, client) => runClient(port, client, end, load)))
    for (let sample = 0; sample < 3; sample += 1) {
      await delay((seconds * 1000) / 3)
      memory.push(residentMegabytes(child))
    }
    await lanes
    await delay(2000)
    memory.push(residentMegabytes(child))
    const lost = await countLost(port, load.writes)
    report({clients, seconds, load, memory, lost})
    if (load.errors.length > 0 || lost > 0) throw new Error(`${load.errors.length} errors, ${lost} lost writes`)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'close')
    rmSync(directory, {recursive: true, force: true})
  }
}

async function startServer(program: string, cwd: string): Promise<{child: ChildProcess; port: number}> {
  const child = spawn(process.execPath, [program, 'local', 'serve', '--json'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = await once(child.stdout, 'data')
  const {port} = JSON.parse(String(text)) as {port: number}
  return {child, port}
}

/** Rounds of writes and reads, one request after the other, on connections of its own. */
async function runClient(port: number, client: number, end: number, {times, writes, errors}: Load): Promise<void> {
  const agent = new Agent({keepAlive: true, maxSockets: 1})
  const send = caller(port, agent)
  const timed: Call = async (asked) => {
    const started = performance.now()
    const body = await send(asked)
    times.push(performance.now() - started)
    return body
  }
  try {
    for (let round = 0; performance.now() < end; round += 1)
      await runRound(timed, `client-${client}-${round}`, round, writes)
  } catch (error) {
    errors.push(String(error))
  } finally {
    agent.destroy()
  }
}

async function runRound(call: Call, name: string, round: number, writes: Write[]): Promise<void> {
  const ClientRequestToken = name.padEnd(32, '-')
  const pipeline = {PipelineName: name, PipelineDefinition: definition, RoleArn: role, ClientRequestToken}
  const made = await call(json('CreatePipeline', pipeline))
  writes.push({read: json('DescribePipeline', {PipelineName: name}), holds: name})
  const {PipelineArn: ResourceArn} = JSON.parse(made) as {PipelineArn: string}
  await call(json('AddTags', {ResourceArn, Tags: [{Key: 'round', Value: name}]}))
  writes.push({read: json('ListTags', {ResourceArn}), holds: name})
  await call(object('PUT', name, name))
  writes.push({read: object('GET', name, ''), holds: name})
  await call(json('ListPipelines', {MaxResults: 10}))
  if (round % roundsAnExecution > 0) return

  const started = await call(json('StartPipelineExecution', {PipelineName: name, ClientRequestToken}))
  const {PipelineExecutionArn} = JSON.parse(started) as {PipelineExecutionArn: string}
  writes.push({read: json('DescribePipelineExecution', {PipelineExecutionArn}), holds: '"Succeeded"'})
}

const role = 'arn:aws:iam::000000000000:role/mlpipe-local'

/** Ends by itself, without a job: what is measured is the server. */
const definition = JSON.stringify({
  Version: '2020-12-01',
  Steps: [
    {
      Name: 'gate',
      Type: 'Condition',
      Arguments: {
        Conditions: [{Type: 'Equals', LeftValue: 1, RightValue: 1}],
        IfSteps: [],
        ElseSteps: [],
      },
    },
  ],
})

function json(operation: string, input: object): Asked {
  const headers = {'x-amz-target': `SageMaker.${operation}`, 'content-type': 'application/x-amz-json-1.1'}
  return {method: 'POST', path: '/', headers, body: JSON.stringify(input)}
}

function object(method: string, key: string, body: string): Asked {
  return {method, path: `/bench/${key}`, headers: {}, body}
}

function caller(port: number, agent: Agent): Call {
  return ({method, path, headers, body}) =>
    new Promise((resolve, reject) => {
      const length = {'content-length': String(Buffer.byteLength(body))}
      const sent = request(
        {host: '127.0.0.1', port, method, path, headers: {...headers, ...length}, agent},
        (response) => {
          let text = ''
          response.on('data', (chunk) => {
            text += String(chunk)
          })
          response.on('error', reject)
          response.on('end', () => {
            if (response.statusCode === 200) resolve(text)
            else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 200)}`))
          })
        },
      )
      sent.on('error', reject).end(body)
    })
}

async function countLost(port: number, writes: readonly Write[]): Promise<number> {
  const agent = new Agent({keepAlive: true, maxSockets: 16})
  const call = caller(port, agent)
  const left = [...writes]
  let lost = 0
  const lane = async (): Promise<void> => {
    for (let write = left.pop(); write; write = left.pop()) {
      const found = await call(write.read).catch(() => '')
      if (!found.includes(write.holds)) lost += 1
    }
  }
  await Promise.all(Array.from({length: 16}, lane))
  agent.destroy()
  return lost
}

/** Resident memory, where the system tells (Linux). */
function residentMegabytes({pid}: ChildProcess): number {
  const path = `/proc/${pid}/status`
  if (!existsSync(path)) return Number.NaN
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(path, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

type Outcome = {
  readonly clients: number
  readonly seconds: number
  readonly load: Load
  readonly memory: readonly number[]
  readonly lost: number
}

function report({clients, seconds, load, memory, lost}: Outcome): void {
  const {times, writes, errors} = load
  const slow = [...times].sort((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? Number.NaN
  const megabytes = (value: number | undefined): string => `${Math.round(value ?? Number.NaN)} MB`
  const [start, first, second, third, rest] = memory
  const header = [
    'clients',
    'requests',
    'a second',
    'median',
    '99 %',
    'errors',
    'writes',
    'lost',
    'start',
    '1/3',
    '2/3',
    'end',
    'at rest',
  ]
  const row = [
    ...[clients, times.length, Math.round(times.length / seconds)].map(String),
    ...[
      `${Math.round(median(times))} ms`,
      `${Math.round(slow)} ms`,
      String(errors.length),
      String(writes.length),
      String(lost),
    ],
    ...[start, first, second, third, rest].map(megabytes),
  ]
  printTable(`local serve for ${seconds} s, resident memory on the right`, header, [row])
  const growth = (third ?? Number.NaN) / (second ?? Number.NaN)
  process.stdout.write(
    `  end / two thirds of the way: ${growth.toFixed(2)}, aim 1.1 at most: memory is flat. No error, no lost write.\n`,
  )
  for (const error of errors.slice(0, 5)) process.stdout.write(`  ${error}\n`)
}
