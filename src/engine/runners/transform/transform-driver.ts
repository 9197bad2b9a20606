// The program between a transform job and the model's script: it splits, filters, calls, joins and assembles.
//
// What a script must and may define stands in script-functions.ts. Filters are the JSONPath operators of "Associate prediction results
// with input records". Argument: the script's file name.

import {scriptFunctions} from '../hosting/script-functions.ts'
import {dataProcessing} from './transform-data-processing.ts'

export const transformDriver = String.raw`
import csv, gzip, importlib.util, inspect, io, json, os, re, sys, traceback

INPUT, OUTPUT = "/opt/ml/transform/input", "/opt/ml/transform/output"
with open("/opt/ml/transform/config.json") as source:
    config = json.load(source)
${scriptFunctions}
content_type = config["content_type"]
accept = accepted(config["accept"])

def fail(text):
    print(text, flush=True)
    with open("/opt/ml/output/failure", "w") as target:
        target.write(text)
    sys.exit(1)
${dataProcessing}
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
            answer, _ = invoke(b"\n".join(sent for _, _, sent in batch), content_type, accept)
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
