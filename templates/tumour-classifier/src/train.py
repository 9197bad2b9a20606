"""Fits a logistic regression by gradient descent, on standardised features and with an L2 penalty.

Plain Python, so that it runs anywhere. Hyperparameters come as command-line options; places come as SM_* variables.
"""
import argparse
import csv
import json
import math
import os
import sys

LABEL = "benign"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=200)
    parser.add_argument("--learning-rate", type=float, default=0.5)
    parser.add_argument("--l2", type=float, default=0.001)
    options = parser.parse_args()
    if options.epochs < 1:
        fail("epochs must be 1 or more, not {}".format(options.epochs))

    features, rows, labels = read_channel("train")
    means, deviations = measure(rows)
    rows = [standardise(row, means, deviations) for row in rows]
    weights, bias = fit(rows, labels, options)

    model = {"features": features, "means": means, "deviations": deviations, "weights": weights, "bias": bias}
    folder = os.environ["SM_MODEL_DIR"]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "model.json"), "w", encoding="utf-8") as file:
        json.dump(model, file, indent=1)
    print("wrote model.json: {} weights".format(len(weights)))


def read_channel(channel):
    folder = os.environ["SM_CHANNEL_" + channel.upper()]
    path = os.path.join(folder, channel + ".csv")
    if not os.path.exists(path):
        fail("{} is missing; the channel holds: {}".format(path, ", ".join(sorted(os.listdir(folder))) or "nothing"))

    with open(path, newline="", encoding="utf-8") as file:
        header, *lines = csv.reader(file)
    label = header.index(LABEL)
    features = header[:label] + header[label + 1 :]
    rows = [[float(value) for value in line[:label] + line[label + 1 :]] for line in lines]
    labels = [int(line[label]) for line in lines]
    print("read {} rows of {} features".format(len(rows), len(features)))
    return features, rows, labels


def measure(rows):
    """Mean and standard deviation of each column; 1 for a column that never changes."""
    columns = list(zip(*rows))
    means = [sum(column) / len(column) for column in columns]
    variances = [sum((value - mean) ** 2 for value in column) / len(column) for column, mean in zip(columns, means)]
    return means, [math.sqrt(variance) or 1.0 for variance in variances]


def standardise(row, means, deviations):
    return [(value - mean) / deviation for value, mean, deviation in zip(row, means, deviations)]


def fit(rows, labels, options):
    weights, bias = [0.0] * len(rows[0]), 0.0
    for epoch in range(1, options.epochs + 1):
        predictions = [sigmoid(bias + dot(weights, row)) for row in rows]
        # The metrics in mlpipe.yaml are scraped from these lines. They describe the model before this epoch's update.
        if epoch == 1 or epoch == options.epochs or epoch % 10 == 0:
            print("epoch={} loss={:.6f} accuracy={:.4f}".format(epoch, *score(predictions, labels)))

        errors = [prediction - label for prediction, label in zip(predictions, labels)]
        step = options.learning_rate / len(rows)
        shrink = 1 - options.learning_rate * options.l2
        weights = [weight * shrink - step * dot(errors, column) for weight, column in zip(weights, zip(*rows))]
        bias -= step * sum(errors)
    return weights, bias


def dot(left, right):
    return sum(a * b for a, b in zip(left, right))


def sigmoid(value):
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


def score(predictions, labels):
    """Cross-entropy and accuracy."""
    likelihoods = [p if label else 1 - p for p, label in zip(predictions, labels)]
    loss = -sum(math.log(max(likelihood, 1e-12)) for likelihood in likelihoods) / len(labels)
    right = sum((p >= 0.5) == (label == 1) for p, label in zip(predictions, labels))
    return loss, right / len(labels)


def fail(message):
    """Ends the step; SageMaker shows the text of this file as the job's failure reason."""
    folder = os.environ.get("SM_OUTPUT_DIR", "/opt/ml/output")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "failure"), "w", encoding="utf-8") as file:
        file.write(message)
    sys.exit("train: " + message)


if __name__ == "__main__":
    main()
