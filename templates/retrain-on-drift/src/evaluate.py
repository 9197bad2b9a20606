"""Measures the model on customers it has not seen and writes report/metrics.json, which the gate reads.

It asks the model by the very script that will serve it.
"""
import csv
import json
import os
import sys
import tarfile
import tempfile

OPT_ML = os.environ.get("MLPIPE_OPT_ML", "/opt/ml")
INPUT = os.path.join(OPT_ML, "processing/input")
OUTPUT = os.path.join(OPT_ML, "processing/output")


def main():
    folder = tempfile.mkdtemp()
    with tarfile.open(os.path.join(INPUT, "model/model.tar.gz")) as archive:
        archive.extractall(folder)
    sys.path.insert(0, os.path.join(folder, "code"))
    import inference

    model = inference.model_fn(folder)
    with open(os.path.join(INPUT, "test/test.csv"), newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    rows = [[float(line[name]) for name in model["features"]] for line in lines]
    metrics = measure(inference.predict_fn(rows, model), [int(line[inference.LABEL]) for line in lines])

    os.makedirs(os.path.join(OUTPUT, "report"), exist_ok=True)
    with open(os.path.join(OUTPUT, "report/metrics.json"), "w", encoding="utf-8") as file:
        json.dump(metrics, file, indent=2)
    print(json.dumps(metrics, indent=2))


def measure(predictions, labels):
    """Precision and recall are those of finding a customer who leaves."""
    pairs = [(prediction >= 0.5, label == 1) for prediction, label in zip(predictions, labels)]
    found, missed, false_alarms = pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))
    leaving = found + missed
    return {
        "accuracy": ratio(found + pairs.count((False, False)), len(pairs)),
        "precision": ratio(found, found + false_alarms),
        "recall": ratio(found, leaving),
        "rows": len(pairs),
        "always_the_same": ratio(max(leaving, len(pairs) - leaving), len(pairs)),
    }


def ratio(part, whole):
    return round(part / whole, 6) if whole else 0.0


if __name__ == "__main__":
    main()
