// The part of a driver that knows the functions of a model's script: loads the script and its model, and calls it.
//
// What a script must and may define, and what stands in for what it does not, is the contract of aws/sagemaker-inference-toolkit
// and of the scikit-learn container: model_fn, then input_fn, predict_fn and output_fn, or transform_fn in their place.

/** Uses `csv`, `importlib.util`, `inspect`, `io`, `json`, `os` and `sys`; the driver's argument is the script's file name. */
export const scriptFunctions = String.raw`
MODEL = "/opt/ml/model"
JSON, CSV, LINES = "application/json", "text/csv", "application/jsonlines"
program = sys.argv[1]

class Refused(Exception):
    """What the script, or what stands in for it, does not take; the status is that of the toolkit's own errors."""
    def __init__(self, text, status=500):
        super().__init__(text)
        self.status = status

def accepted(kind):
    return (os.environ.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT") or JSON) if kind in ("", "*/*") else kind

def call(function, context, *arguments):
    """Newer toolkits pass a context last, to functions that take one."""
    wanted = [one for one in inspect.signature(function).parameters.values()
              if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) and one.default is one.empty]
    return function(*arguments, *[context] * (len(wanted) - len(arguments)))

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
    raise Refused("%s has no input_fn, and there is no default for the content type %s" % (program, kind), 415)

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
    raise Refused("%s has no output_fn, and there is no default for the type %s" % (program, kind), 415)

def as_answer(answer, kind):
    """The bytes of an answer and their type, which a script gives beside them or as a response of its web framework."""
    if isinstance(answer, tuple):
        kind = answer[1] if len(answer) > 1 and isinstance(answer[1], str) else kind
        answer = answer[0]
    if hasattr(answer, "get_data"):
        kind = getattr(answer, "mimetype", None) or kind
        answer = answer.get_data()
    if isinstance(answer, str):
        return answer.encode(), kind
    if isinstance(answer, (bytes, bytearray)):
        return bytes(answer), kind
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
    """A function from the bytes of a request to those of its answer and their type."""
    model_fn = getattr(module, "model_fn", None)
    if model_fn is None:
        held = ", ".join(sorted(os.listdir(MODEL))) or "nothing"
        raise Refused("%s has no model_fn(model_dir), which loads the model; the model directory holds: %s"
                      % (program, held))
    model = call(model_fn, None, MODEL)
    transform_fn = getattr(module, "transform_fn", None)
    input_fn = getattr(module, "input_fn", default_input)
    predict_fn = getattr(module, "predict_fn", default_predict)
    output_fn = getattr(module, "output_fn", default_output)
    def invoke(payload, content_type, accept, context=None):
        body = payload.decode() if content_type in (JSON, CSV) else payload
        if transform_fn:
            return as_answer(call(transform_fn, context, model, body, content_type, accept), accept)
        data = call(input_fn, context, body, content_type)
        return as_answer(call(output_fn, context, call(predict_fn, context, data, model), accept), accept)
    return invoke
`
