// Runs the built program on a pseudo-terminal: colours, cursor and all. Python makes it, since Node.js has none of its own.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Everything that is printed goes to stdout as the terminal got it; the exit code is the program's. */
const pty = `
import fcntl, json, os, pty, struct, sys, termios
columns, answers, argv = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
child, screen = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
    os.execvp(argv[0], argv)
shown = b''
while True:
    try:
        got = os.read(screen, 65536)
    except OSError:
        break
    if not got:
        break
    os.write(1, got)
    shown += got
    if answers and answers[0]['question'].encode() in shown:
        os.write(screen, answers.pop(0)['keys'].encode())
        shown = b''
status = os.waitpid(child, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`

export type Shown = {readonly code: number; readonly screen: string}

/** What the terminal shows when `mlpipe argv` runs in `directory`, `columns` wide. */
export function onTerminal(directory: string, columns: number, ...argv: string[]): Promise<Shown> {
  return spawnOnTerminal(directory, columns, [], argv)
}

export type Answer = {
  /** Once this is on the screen … */
  readonly question: string
  /** … these are typed. */
  readonly keys: string
}

/** The same with somebody at the keyboard. */
export function answerOnTerminal(directory: string, answer: Answer, ...argv: string[]): Promise<Shown> {
  return spawnOnTerminal(directory, 80, [answer], argv)
}

/** The same with several answers, one after the other, and an environment over this one. */
export function talkOnTerminal(
  directory: string,
  {answers, env}: {readonly answers: readonly Answer[]; readonly env: Readonly<Record<string, string>>},
  ...argv: string[]
): Promise<Shown> {
  return spawnOnTerminal(directory, 80, answers, argv, env)
}

async function spawnOnTerminal(
  directory: string,
  columns: number,
  answers: readonly Answer[],
  argv: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const {CI: _, NO_COLOR: __, ...env} = process.env
  const child = spawn(
    'python3',
    ['-c', pty, String(columns), JSON.stringify(answers), process.execPath, program, ...argv],
    {
      cwd: directory,
      env: {...env, ...more, TERM: 'xterm-256color'},
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let screen = ''
  child.stdout.on('data', (chunk) => {
    screen += String(chunk)
  })
  const [code] = await once(child, 'close')
  return {code: Number(code), screen: screen.replaceAll('\r\n', '\n')}
}
