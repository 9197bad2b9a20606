"""Cleans the raw CSV and splits it into train.csv and test.csv, the share of each class kept in both."""
import argparse
import csv
import os
import random
import sys

LABEL = "benign"

# SageMaker mounts a job's inputs and collects its outputs below /opt/ml. MLPIPE_OPT_ML names the place when the script
# runs elsewhere than in a container.
OPT_ML = os.environ.get("MLPIPE_OPT_ML", "/opt/ml")
INPUT = os.path.join(OPT_ML, "processing/input/raw")
OUTPUT = os.path.join(OPT_ML, "processing/output")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--test-share", type=float, default=0.2)
    options = parser.parse_args()

    header, rows = read_rows(only_csv(INPUT))
    rows = drop_bad_rows(header, rows)
    train, test = split(rows, header.index(LABEL), options.test_share, random.Random(options.seed))

    write_rows("train", header, train)
    write_rows("test", header, test)


def only_csv(folder):
    names = sorted(name for name in os.listdir(folder) if name.endswith(".csv"))
    if len(names) != 1:
        fail("expected one .csv in {}, found {}".format(folder, ", ".join(names) or "none"))
    return os.path.join(folder, names[0])


def read_rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if row]
    if not rows:
        fail("{} is empty".format(path))

    header = [name.strip() for name in rows[0]]
    if LABEL not in header:
        fail('{} has no column "{}"; its first line reads: {}'.format(path, LABEL, ",".join(header)[:200]))
    print("read {} rows of {} columns from {}".format(len(rows) - 1, len(header), os.path.basename(path)))
    return header, rows[1:]


def drop_bad_rows(header, rows):
    """Keeps the first of equal rows, and of those the ones in which every value is a number."""
    label = header.index(LABEL)
    kept, seen, incomplete, duplicate = [], set(), 0, 0
    for row in rows:
        values = [value.strip() for value in row]
        if len(values) != len(header) or not all(map(is_number, values)) or values[label] not in ("0", "1"):
            incomplete += 1
        elif tuple(values) in seen:
            duplicate += 1
        else:
            seen.add(tuple(values))
            kept.append(values)
    print("dropped {} incomplete and {} duplicate rows, kept {}".format(incomplete, duplicate, len(kept)))
    return kept


def is_number(text):
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def split(rows, label, test_share, random_source):
    """Draws the test rows class by class, so that both parts hold the same mix."""
    train, test = [], []
    for value in ("0", "1"):
        group = [row for row in rows if row[label] == value]
        if len(group) < 5:
            fail('only {} rows with {} = {}: too few to split'.format(len(group), LABEL, value))
        random_source.shuffle(group)
        size = max(1, round(len(group) * test_share))
        test += group[:size]
        train += group[size:]
    random_source.shuffle(train)
    random_source.shuffle(test)
    return train, test


def write_rows(name, header, rows):
    folder = os.path.join(OUTPUT, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    benign = sum(row[header.index(LABEL)] == "1" for row in rows)
    print("wrote {}.csv: {} rows, {} benign, {} malignant".format(name, len(rows), benign, len(rows) - benign))


def fail(message):
    """Ends the step; SageMaker shows the text of this file as the job's exit message."""
    os.makedirs(os.path.join(OPT_ML, "output"), exist_ok=True)
    with open(os.path.join(OPT_ML, "output/message"), "w", encoding="utf-8") as file:
        file.write(message)
    sys.exit("prepare: " + message)


if __name__ == "__main__":
    main()
