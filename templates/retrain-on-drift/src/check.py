"""Cleans what came in, and says how far it is from what the model was trained on.

The measure is the population stability index of each feature: its values are cut at the deciles of the baseline, and the
shares of rows in each part compared. Below 0.1 little has changed, above 0.2 much has; by chance alone it is about 0.03 for
two files of 600 rows. Writes report/drift.json, which the condition reads, and batch/batch.csv, the rows that are good.
"""
import bisect
import csv
import json
import math
import os
import sys

LABEL = "churned"
PARTS = 10

# SageMaker mounts a job's inputs and collects its outputs below /opt/ml. MLPIPE_OPT_ML names the place when the script
# runs elsewhere than in a container.
OPT_ML = os.environ.get("MLPIPE_OPT_ML", "/opt/ml")
INPUT = os.path.join(OPT_ML, "processing/input")
OUTPUT = os.path.join(OPT_ML, "processing/output")


def main():
    header, baseline = read_folder("baseline")
    found, batch = read_folder("new")
    if sorted(found) != sorted(header):
        fail("the columns are {}, not {}".format(", ".join(found), ", ".join(header)))
    batch = [[row[found.index(name)] for name in header] for row in batch]
    if len(batch) < 50:
        fail("only {} good rows: too few to tell, or to train on".format(len(batch)))

    features = [name for name in header if name != LABEL]
    drift = {name: stability(column(baseline, header, name), column(batch, header, name)) for name in features}
    worst = max(features, key=lambda name: drift[name])
    report = {"max": drift[worst], "feature": worst, "features": drift, "rows": len(batch)}
    write_json("report", "drift.json", report)
    write_rows(header, batch)
    for name in sorted(features, key=lambda name: -drift[name]):
        print("{:<16} {:.3f} {}".format(name, drift[name], "#" * min(40, round(drift[name] * 40))))


def read_folder(name):
    """Every .csv of an input, below each other: one new file, or all that have come in."""
    folder = os.path.join(INPUT, name)
    paths = sorted(os.path.join(at, file) for at, _, files in os.walk(folder) for file in files if file.endswith(".csv"))
    if not paths:
        fail("there is no .csv in the input {}".format(name))
    header, rows = None, []
    for path in paths:
        with open(path, newline="", encoding="utf-8-sig") as file:
            lines = [[value.strip() for value in line] for line in csv.reader(file) if line]
        if not lines or LABEL not in lines[0]:
            fail('{} has no column "{}"'.format(os.path.basename(path), LABEL))
        if header is not None and lines[0] != header:
            fail("{} has other columns than the files before it".format(os.path.basename(path)))
        header = lines[0]
        good = [line for line in lines[1:] if is_good(line, header)]
        print("{}: {} rows, {} of them dropped".format(os.path.basename(path), len(lines) - 1, len(lines) - 1 - len(good)))
        rows += good
    return header, rows


def is_good(line, header):
    return len(line) == len(header) and all(map(is_number, line)) and line[header.index(LABEL)] in ("0", "1")


def is_number(text):
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def column(rows, header, name):
    return [float(row[header.index(name)]) for row in rows]


def stability(expected, actual):
    """Population stability index. A part without rows counts as half a row."""
    ordered = sorted(expected)
    cuts = sorted({ordered[len(ordered) * part // PARTS] for part in range(1, PARTS)})
    pairs = list(zip(shares(expected, cuts), shares(actual, cuts)))
    return round(sum((now - before) * math.log(now / before) for before, now in pairs), 6)


def shares(values, cuts):
    counts = [0] * (len(cuts) + 1)
    for value in values:
        counts[bisect.bisect_right(cuts, value)] += 1
    return [max(count, 0.5) / len(values) for count in counts]


def write_json(output, name, document):
    os.makedirs(os.path.join(OUTPUT, output), exist_ok=True)
    with open(os.path.join(OUTPUT, output, name), "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)


def write_rows(header, rows):
    os.makedirs(os.path.join(OUTPUT, "batch"), exist_ok=True)
    with open(os.path.join(OUTPUT, "batch/batch.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def fail(message):
    """Ends the step; SageMaker shows the text of this file as the job's exit message."""
    os.makedirs(os.path.join(OPT_ML, "output"), exist_ok=True)
    with open(os.path.join(OPT_ML, "output/message"), "w", encoding="utf-8") as file:
        file.write(message)
    sys.exit("check: " + message)


if __name__ == "__main__":
    main()
