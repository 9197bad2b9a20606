// The program behind a variant of an endpoint: it loads the model once, then takes one request after the other from its channel,
// and answers there; what the script prints goes to the log.
//
// Arguments: the script's file name, the most bytes of an answer. On the channel a frame is two lengths of four bytes, a head in
// JSON, and a body. The context that newer scripts take last is that of aws/sagemaker-inference-toolkit (multi-model-server).

import {scriptFunctions} from '../runners/hosting/script-functions.ts'

export const servingDriver = `
import csv, importlib.util, inspect, io, json, os, socket, struct, sys, traceback
${scriptFunctions}
MOST = int(sys.argv[2])
channel = socket.socket(fileno=4)
channel.set_inheritable(False)
requests = channel.makefile("rb")

def tell(head, body=b""):
    text = json.dumps(head).encode()
    channel.sendall(struct.pack(">II", len(text), len(body)) + text)
    channel.sendall(body)

def take():
    lengths = requests.read(8)
    if len(lengths) < 8:
        return None
    head, body = struct.unpack(">II", lengths)
    return json.loads(requests.read(head)), requests.read(body)

class Context:
    """What newer toolkits pass last: the headers of the request, and those that the answer is to have."""
    def __init__(self, headers):
        self.headers, self.answer = headers, {}
        self.system_properties = {"model_dir": MODEL, "gpu_id": None, "batch_size": 1}
    def get_all_request_header(self, index=0):
        return dict(self.headers)
    def get_request_header(self, index, name):
        return self.headers.get(name.lower())
    def set_response_header(self, index, name, value):
        self.answer[name.lower()] = str(value)
    def set_response_content_type(self, index, value):
        self.answer["content-type"] = str(value)

def respond(invoke, head, body):
    context = Context(head["headers"])
    answer, kind = invoke(body, head["content_type"], accepted(head["accept"]), context)
    if len(answer) > MOST:
        print("mlpipe: the answer has %d bytes, and at most %d are passed on" % (len(answer), MOST), flush=True)
        tell({"too_large": len(answer)})
    else:
        tell({"headers": {"content-type": kind, **context.answer}}, answer)

def main():
    try:
        invoke = invocation(load())
    except Refused as error:
        tell({"unloadable": str(error)})
        sys.exit(1)
    except BaseException as error:
        traceback.print_exc()
        tell({"unloadable": "%s could not load the model: %s: %s" % (program, type(error).__name__, error)})
        sys.exit(1)
    tell({"loaded": True})
    while True:
        request = take()
        if request is None:
            return
        try:
            respond(invoke, *request)
        except Refused as error:
            print("mlpipe: %s" % error, flush=True)
            tell({"status": error.status, "message": str(error)})
        except Exception as error:
            traceback.print_exc()
            tell({"status": 500, "message": "%s: %s" % (type(error).__name__, error)})

main()
`
