"""Measures the model on patients it has not seen and writes report/metrics.json, which the gate reads."""
import csv
import json
import math
import os
import sys
import tarfile

LABEL = "benign"

OPT_ML = os.environ.get("MLPIPE_OPT_ML", "/opt/ml")
INPUT = os.path.join(OPT_ML, "processing/input")
OUTPUT = os.path.join(OPT_ML, "processing/output")


def main():
    model = read_model(os.path.join(INPUT, "model/model.tar.gz"))
    rows, labels = read_rows(os.path.join(INPUT, "test/test.csv"), model["features"])
    metrics = measure([predict(model, row) for row in rows], labels)

    os.makedirs(os.path.join(OUTPUT, "report"), exist_ok=True)
    with open(os.path.join(OUTPUT, "report/metrics.json"), "w", encoding="utf-8") as file:
        json.dump(metrics, file, indent=2)
    print(json.dumps(metrics, indent=2))


def read_model(path):
    """A training job's model directory arrives packed, its files at the root of the archive."""
    if not os.path.exists(path):
        fail("{} is missing: did the training step write a model?".format(path))
    with tarfile.open(path) as archive:
        names = [name for name in archive.getnames() if os.path.basename(name) == "model.json"]
        if not names:
            fail("model.tar.gz holds no model.json, only: {}".format(", ".join(archive.getnames()) or "nothing"))
        return json.load(archive.extractfile(names[0]))


def read_rows(path, features):
    """The model's features, in the model's order, and the label."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    missing = [name for name in features + [LABEL] if not lines or name not in lines[0]]
    if missing:
        fail("{} lacks what the model was trained on: {}".format(path, ", ".join(missing[:5])))
    return [[float(line[name]) for name in features] for line in lines], [int(line[LABEL]) for line in lines]


def predict(model, row):
    """The probability that the tumour is benign."""
    columns = zip(row, model["means"], model["deviations"], model["weights"])
    value = model["bias"] + sum(weight * (x - mean) / deviation for x, mean, deviation, weight in columns)
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


def measure(predictions, labels):
    """Precision and recall are those of finding a malignant tumour, the case that must not be missed."""
    pairs = [(prediction >= 0.5, label == 1) for prediction, label in zip(predictions, labels)]
    found = pairs.count((False, False))
    missed = pairs.count((True, False))
    false_alarms = pairs.count((False, True))
    right_benign = pairs.count((True, True))
    return {
        "accuracy": round((found + right_benign) / len(pairs), 6),
        "precision": ratio(found, found + false_alarms),
        "recall": ratio(found, found + missed),
        "auc": area_under_curve(predictions, labels),
        "rows": len(pairs),
        "confusion": {
            "malignant": {"malignant": found, "benign": missed},
            "benign": {"malignant": false_alarms, "benign": right_benign},
        },
    }


def area_under_curve(predictions, labels):
    """The chance that a benign tumour scores higher than a malignant one; a tie counts half."""
    benign = [p for p, label in zip(predictions, labels) if label == 1]
    malignant = [p for p, label in zip(predictions, labels) if label == 0]
    wins = sum((b > m) + 0.5 * (b == m) for b in benign for m in malignant)
    return ratio(wins, len(benign) * len(malignant))


def ratio(part, whole):
    return round(part / whole, 6) if whole else 0.0


def fail(message):
    """Ends the step; SageMaker shows the text of this file as the job's exit message."""
    os.makedirs(os.path.join(OPT_ML, "output"), exist_ok=True)
    with open(os.path.join(OPT_ML, "output/message"), "w", encoding="utf-8") as file:
        file.write(message)
    sys.exit("evaluate: " + message)


if __name__ == "__main__":
    main()
