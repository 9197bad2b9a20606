// The program between a transform job and the model's script: it splits, filters, calls, joins and assembles.
//
// What a script must and may define, and what stands in for what it does not, is the contract of aws/sagemaker-inference-toolkit
// and of the scikit-learn container: model_fn, then input_fn, predict_fn and output_fn, or transform_fn in their place. Filters are
// the JSONPath operators of "Associate prediction results with input records". Argument: the script's file name.

import {dataProcessing} from './transform-data-processing.ts'

export const transformDriver = String.raw`
import csv, gzip, importlib.util, inspect, io, json, os, re, sys, traceback

INPUT, OUTPUT, MODEL = "/opt/ml/transform/input", "/opt/ml/transform/output", "/opt/ml/model"
program = sys.argv[1]
with open("/opt/ml/transform/config.json") as source:
    config = json.load(source)
JSON, CSV, LINES = "application/json", "text/csv", "application/jsonlines"
content_type = config["content_type"]
accept = config["accept"]
if accept in ("", "*/*"):
    accept = os.environ.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT") or JSON

class Refused(Exception):
    pass

def fail(text):
    print(text, flush=True)
    with open("/opt/ml/output/failure", "w") as target:
        target.write(text)
    sys.exit(1)
${dataProcessing}
def call(function, *arguments):
    """Newer toolkits pass a context last, to functions that take one."""
    wanted = [one for one in inspect.signature(function).parameters.values()
              if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) and one.default is one.empty]
    return function(*arguments, *[None] * (len(wanted) - len(arguments)))

def number(text):
    try:
        return float(text)
    except ValueError:
        return text

def default_input(body, kind):
    if kind == CSV:
        rows = [[number(cell) for cell in row] for row in csv.reader(io.StringIO(body)) if row]
        try:
            import numpy
            return numpy.array(rows)
        except ImportError:
            return rows
    if kind == JSON:
        return json.loads(body)
    if kind == LINES:
        return [json.loads(line) for line in body.decode().splitlines() if line.strip()]
    raise Refused("%s has no input_fn, and there is no default for the content type %s" % (program, kind))

def default_predict(data, model):
    if not hasattr(model, "predict"):
        raise Refused("%s has no predict_fn, and what model_fn returned has no predict()" % program)
    return model.predict(data)

def default_output(prediction, kind):
    value = prediction.tolist() if hasattr(prediction, "tolist") else prediction
    if kind == JSON:
        return json.dumps(value)
    rows = value if isinstance(value, (list, tuple)) else [value]
    if kind == CSV:
        target = io.StringIO()
        csv.writer(target, lineterminator="\n").writerows(
            row if isinstance(row, (list, tuple)) else [row] for row in rows)
        return target.getvalue()
    if kind == LINES:
        return "".join(json.dumps(row) + "\n" for row in rows)
    raise Refused("%s has no output_fn, and there is no default for the type %s" % (program, kind))

def as_bytes(answer):
    if isinstance(answer, tuple):
        answer = answer[0]
    if hasattr(answer, "get_data"):
        answer = answer.get_data()
    if isinstance(answer, str):
        return answer.encode()
    if isinstance(answer, (bytes, bytearray)):
        return bytes(answer)
    raise Refused("the script answered with a %s; it must be text or bytes" % type(answer).__name__)

def load():
    sys.path.insert(0, os.getcwd())
    name = os.path.splitext(os.path.basename(program))[0]
    spec = importlib.util.spec_from_file_location(name, os.path.join(os.getcwd(), program))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

def invocation(module):
    """A function from the bytes of a request to those of its answer."""
    model_fn = getattr(module, "model_fn", None)
    if model_fn is None:
        held = ", ".join(sorted(os.listdir(MODEL))) or "nothing"
        raise Refused("%s has no model_fn(model_dir), which loads the model; the model directory holds: %s"
                      % (program, held))
    model = call(model_fn, MODEL)
    transform_fn = getattr(module, "transform_fn", None)
    input_fn = getattr(module, "input_fn", default_input)
    predict_fn = getattr(module, "predict_fn", default_predict)
    output_fn = getattr(module, "output_fn", default_output)
    def invoke(payload):
        body = payload.decode() if content_type in (JSON, CSV) else payload
        if transform_fn:
            return as_bytes(call(transform_fn, model, body, content_type, accept))
        return as_bytes(call(output_fn, call(predict_fn, call(input_fn, body, content_type), model), accept))
    return invoke

def records_of(data):
    """Each record with the number of its line; one without a number when nothing is split."""
    if config["split"] == "None" and not (is_processed and content_type == CSV):
        return [(None, data)]
    lines = enumerate(data.split(b"\n"), 1)
    return [(at, line.rstrip(b"\r")) for at, line in lines if line.strip()]

def batches_of(records):
    limit = config["max_payload"] or float("inf")
    batch, size = [], 0
    for at, record, sent in records:
        if len(sent) > limit:
            raise Refused("%sthe record has %d bytes, and MaxPayloadInMB allows %d"
                          % ("" if at is None else "line %d: " % at, len(sent), limit))
        is_alone = config["strategy"] == "SingleRecord" and config["split"] == "Line"
        if batch and (is_alone or size + 1 + len(sent) > limit):
            yield batch
            batch, size = [], 0
        batch.append((at, record, sent))
        size += len(sent) + 1
    if batch:
        yield batch

def place_of(batch):
    first, last = batch[0][0], batch[-1][0]
    if first is None:
        return ""
    return "line %d: " % first if first == last else "lines %d to %d: " % (first, last)

def transform(data, invoke):
    pieces = []
    records = []
    for at, record in records_of(data):
        try:
            records.append((at, record, filter_input(record)))
        except Refused as error:
            raise Refused("%s%s" % ("" if at is None else "line %d: " % at, error))
    for batch in batches_of(records):
        try:
            answer = invoke(b"\n".join(sent for _, _, sent in batch))
            pieces.append(join_output([record for _, record, _ in batch], answer) if is_processed else answer)
        except Refused as error:
            raise Refused(place_of(batch) + str(error))
        except Exception as error:
            traceback.print_exc()
            raise RuntimeError("%s%s: %s" % (place_of(batch), type(error).__name__, error))
    if config["assemble"] == "Line" or is_processed:
        pieces = [piece if piece.endswith(b"\n") else piece + b"\n" for piece in pieces]
    return b"".join(pieces)

def main():
    try:
        invoke = invocation(load())
    except Refused as error:
        fail("ClientError: %s" % error)
    except BaseException as error:
        traceback.print_exc()
        fail("AlgorithmError: %s could not load the model: %s: %s" % (program, type(error).__name__, error))
    for folder, _, names in sorted(os.walk(INPUT)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            relative = os.path.relpath(path, INPUT)
            with open(path, "rb") as source:
                data = source.read()
            try:
                answer = transform(gzip.decompress(data) if config["compression"] == "Gzip" else data, invoke)
            except Refused as error:
                fail("ClientError: %s, %s" % (relative, error))
            except Exception as error:
                fail("AlgorithmError: %s, %s" % (relative, error))
            target = os.path.join(OUTPUT, relative + ".out")
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as sink:
                sink.write(answer)
            print("mlpipe: %s done" % relative, flush=True)

main()
`
