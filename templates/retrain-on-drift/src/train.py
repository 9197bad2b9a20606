"""Fits a logistic regression by gradient descent, on standardised features. Plain Python, so that it runs anywhere.

The script that answers with the model travels inside its archive, in the folder code/, where the framework containers of
SageMaker look for it.
"""
import argparse
import csv
import json
import math
import os
import shutil

from inference import LABEL, dot, sigmoid, standardise


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=150)
    parser.add_argument("--learning-rate", type=float, default=0.5)
    options = parser.parse_args()

    features, rows, labels = read_channel("train")
    means, deviations = measure(rows)
    weights, bias = fit([standardise(row, means, deviations) for row in rows], labels, options)

    model = {"features": features, "means": means, "deviations": deviations, "weights": weights, "bias": bias}
    folder = os.environ["SM_MODEL_DIR"]
    os.makedirs(os.path.join(folder, "code"), exist_ok=True)
    with open(os.path.join(folder, "model.json"), "w", encoding="utf-8") as file:
        json.dump(model, file, indent=1)
    here = os.path.dirname(os.path.abspath(__file__))
    shutil.copy(os.path.join(here, "inference.py"), os.path.join(folder, "code/inference.py"))


def read_channel(channel):
    path = os.path.join(os.environ["SM_CHANNEL_" + channel.upper()], channel + ".csv")
    with open(path, newline="", encoding="utf-8") as file:
        header, *lines = csv.reader(file)
    label = header.index(LABEL)
    features = header[:label] + header[label + 1 :]
    rows = [[float(value) for value in line[:label] + line[label + 1 :]] for line in lines]
    print("read {} rows of {} features".format(len(rows), len(features)))
    return features, rows, [int(line[label]) for line in lines]


def measure(rows):
    """Mean and standard deviation of each column; 1 for a column that never changes."""
    columns = list(zip(*rows))
    means = [sum(column) / len(column) for column in columns]
    variances = [sum((value - mean) ** 2 for value in column) / len(column) for column, mean in zip(columns, means)]
    return means, [math.sqrt(variance) or 1.0 for variance in variances]


def fit(rows, labels, options):
    weights, bias = [0.0] * len(rows[0]), 0.0
    step = options.learning_rate / len(rows)
    for epoch in range(1, options.epochs + 1):
        predictions = [sigmoid(bias + dot(weights, row)) for row in rows]
        # The metrics in mlpipe.yaml are read from these lines.
        if epoch == 1 or epoch == options.epochs or epoch % 25 == 0:
            right = sum((p >= 0.5) == (label == 1) for p, label in zip(predictions, labels))
            print("epoch={} accuracy={:.4f}".format(epoch, right / len(labels)))
        errors = [prediction - label for prediction, label in zip(predictions, labels)]
        weights = [weight - step * dot(errors, values) for weight, values in zip(weights, zip(*rows))]
        bias -= step * sum(errors)
    return weights, bias


if __name__ == "__main__":
    main()
