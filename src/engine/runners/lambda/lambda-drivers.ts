// The programs between a Lambda step and its function: they load the file, call the function with event and context, and
// write its answer, or why there is none. The sources of truth are the Lambda guides "handler in Python" and "in Node.js".

/** Arguments: file, function. */
export const pythonDriver = `
import importlib.util, json, os, sys, time, traceback

file, name = sys.argv[1], sys.argv[2]
with open("/opt/ml/input/event.json") as source:
    event = json.load(source)
with open("/opt/ml/input/context.json") as source:
    facts = json.load(source)
deadline = time.monotonic() + facts.pop("timeout_seconds")

class Context:
    identity = None
    client_context = None

    def __init__(self):
        self.__dict__.update(facts)

    def get_remaining_time_in_millis(self):
        return max(0, int((deadline - time.monotonic()) * 1000))

def fail(error):
    traceback.print_exception(type(error), error, error.__traceback__)
    with open("/opt/ml/output/failure", "w") as target:
        target.write("%s: %s" % (type(error).__name__, error))
    sys.exit(1)

try:
    sys.path.insert(0, os.getcwd())
    module_name = os.path.splitext(file)[0]
    spec = importlib.util.spec_from_file_location(module_name, os.path.join(os.getcwd(), file))
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    function = getattr(module, name, None)
    if not callable(function):
        raise AttributeError("%s has no function %s(event, context)" % (file, name))
    answer = json.dumps(function(event, Context()))
except SystemExit as error:
    fail(RuntimeError("the function called sys.exit(%s)" % error.code))
except BaseException as error:
    fail(error)
with open("/opt/ml/output/answer.json", "w") as target:
    target.write(answer)
`

/** Arguments: file, function. A function with three parameters may answer by its callback. */
export const nodeDriver = `
import {readFileSync, writeFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {pathToFileURL} from 'node:url'

const [file, name] = process.argv.slice(1)
const event = JSON.parse(readFileSync('/opt/ml/input/event.json', 'utf8'))
const facts = JSON.parse(readFileSync('/opt/ml/input/context.json', 'utf8'))
const end = performance.now() + facts.timeout_seconds * 1000
const context = {
  functionName: facts.function_name,
  functionVersion: facts.function_version,
  invokedFunctionArn: facts.invoked_function_arn,
  memoryLimitInMB: facts.memory_limit_in_mb,
  awsRequestId: facts.aws_request_id,
  logGroupName: facts.log_group_name,
  logStreamName: facts.log_stream_name,
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, Math.floor(end - performance.now())),
}
function fail(error) {
  console.error(error)
  const text = error instanceof Error ? error.name + ': ' + error.message : String(error)
  writeFileSync('/opt/ml/output/failure', text)
  process.exit(1)
}
try {
  const module = await import(pathToFileURL(resolve(file)).href)
  const handler = module[name] ?? module.default?.[name]
  if (typeof handler !== 'function') throw new TypeError(file + ' exports no function ' + name)
  const answer = await new Promise((answered, failed) => {
    const byCallback = (error, value) => (error ? failed(error) : answered(value))
    const returned = handler(event, context, byCallback)
    if (returned instanceof Promise || handler.length < 3) answered(returned)
  })
  writeFileSync('/opt/ml/output/answer.json', JSON.stringify(answer ?? null))
  process.exit(0)
} catch (error) {
  fail(error)
}
`
