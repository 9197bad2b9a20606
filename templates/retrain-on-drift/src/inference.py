"""Answers with the model: a line of features, in the order of the training data, gives the probability that the customer leaves.

The names of the four functions are those of SageMaker's framework containers.
"""
import json
import math
import os

LABEL = "churned"


def model_fn(model_dir):
    with open(os.path.join(model_dir, "model.json"), encoding="utf-8") as file:
        return json.load(file)


def input_fn(body, content_type):
    if not content_type.startswith("text/csv"):
        raise ValueError("expected text/csv, not " + content_type)
    text = body.decode("utf-8") if isinstance(body, bytes) else body
    return [[float(value) for value in line.split(",")] for line in text.splitlines() if line.strip()]


def predict_fn(rows, model):
    return [predict(model, row) for row in rows]


def output_fn(predictions, accept):
    return "\n".join("{:.4f}".format(prediction) for prediction in predictions) + "\n"


def predict(model, row):
    if len(row) != len(model["features"]):
        raise ValueError("expected {} features, found {}".format(len(model["features"]), len(row)))
    return sigmoid(model["bias"] + dot(model["weights"], standardise(row, model["means"], model["deviations"])))


def standardise(row, means, deviations):
    return [(value - mean) / deviation for value, mean, deviation in zip(row, means, deviations)]


def dot(left, right):
    return sum(a * b for a, b in zip(left, right))


def sigmoid(value):
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
