// Runs the built program on a pseudo-terminal: colours, cursor and all. Python makes it, since Node.js has none of its own.
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {fileURLToPath} from 'node:url'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Everything that is printed goes to stdout as the terminal got it; the exit code is the program's. */
const pty = `
import fcntl, os, pty, struct, sys, termios
columns, question, keys, argv = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode(), sys.argv[4:]
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
    if question and question in shown:
        os.write(screen, keys)
        question = b''
status = os.waitpid(child, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`

export type Shown = {readonly code: number; readonly screen: string}

/** What the terminal shows when `mlpipe argv` runs in `directory`, `columns` wide. */
export function onTerminal(directory: string, columns: number, ...argv: string[]): Promise<Shown> {
  return spawnOnTerminal(directory, columns, {question: '', keys: ''}, argv)
}

export type Answer = {
  /** Once this is on the screen … */
  readonly question: string
  /** … these are typed. */
  readonly keys: string
}

/** The same with somebody at the keyboard. */
export function answerOnTerminal(directory: string, answer: Answer, ...argv: string[]): Promise<Shown> {
  return spawnOnTerminal(directory, 80, answer, argv)
}

async function spawnOnTerminal(
  directory: string,
  columns: number,
  {question, keys}: Answer,
  argv: readonly string[],
): Promise<Shown> {
  const {CI: _, NO_COLOR: __, ...env} = process.env
  const child = spawn('python3', ['-c', pty, String(columns), question, keys, process.execPath, program, ...argv], {
    cwd: directory,
    env: {...env, TERM: 'xterm-256color'},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let screen = ''
  child.stdout.on('data', (chunk) => {
    screen += String(chunk)
  })
  const [code] = await once(child, 'close')
  return {code: Number(code), screen: screen.replaceAll('\r\n', '\n')}
}
