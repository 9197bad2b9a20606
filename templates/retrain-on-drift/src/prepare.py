"""Splits the batch into train.csv and test.csv, the share of those who left kept in both."""
import argparse
import csv
import os
import random
import sys

LABEL = "churned"

OPT_ML = os.environ.get("MLPIPE_OPT_ML", "/opt/ml")
INPUT = os.path.join(OPT_ML, "processing/input/batch/batch.csv")
OUTPUT = os.path.join(OPT_ML, "processing/output")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--test-share", type=float, default=0.25)
    options = parser.parse_args()

    with open(INPUT, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    train, test = split(rows, header.index(LABEL), options.test_share, random.Random(options.seed))
    write_rows("train", header, train)
    write_rows("test", header, test)


def split(rows, label, test_share, source):
    """Draws the test rows class by class."""
    train, test = [], []
    for value in ("0", "1"):
        group = [row for row in rows if row[label] == value]
        if len(group) < 5:
            fail("only {} rows with {} = {}: too few to split".format(len(group), LABEL, value))
        source.shuffle(group)
        size = max(1, round(len(group) * test_share))
        test += group[:size]
        train += group[size:]
    source.shuffle(train)
    source.shuffle(test)
    return train, test


def write_rows(name, header, rows):
    folder = os.path.join(OUTPUT, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print("wrote {}.csv: {} rows".format(name, len(rows)))


def fail(message):
    """Ends the step; SageMaker shows the text of this file as the job's exit message."""
    os.makedirs(os.path.join(OPT_ML, "output"), exist_ok=True)
    with open(os.path.join(OPT_ML, "output/message"), "w", encoding="utf-8") as file:
        file.write(message)
    sys.exit("prepare: " + message)


if __name__ == "__main__":
    main()
