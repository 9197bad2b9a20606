"""Answers with the model: measurements in, for each patient the probability that the tumour is benign.

The names of the four functions are those of SageMaker's framework containers. An endpoint and a transform job call model_fn once, and
the others for each request.
"""
import csv
import io
import json
import math
import os


def model_fn(model_dir):
    with open(os.path.join(model_dir, "model.json"), encoding="utf-8") as file:
        return json.load(file)


def input_fn(body, content_type):
    """Lines of CSV in the order of the training data, or a JSON list of objects by the names of the features."""
    text = body.decode("utf-8") if isinstance(body, bytes) else body
    if content_type == "text/csv":
        return [[float(value) for value in row] for row in csv.reader(io.StringIO(text)) if row]
    if content_type == "application/json":
        return json.loads(text)
    raise ValueError("expected text/csv or application/json, not {}".format(content_type))


def predict_fn(patients, model):
    return [predict(model, measurements(patient, model["features"])) for patient in patients]


def output_fn(predictions, accept):
    if accept == "text/csv":
        return "".join("{:.6f}\n".format(prediction) for prediction in predictions)
    return json.dumps([{"benign": round(prediction, 6)} for prediction in predictions])


def measurements(patient, features):
    """In the model's order."""
    if isinstance(patient, dict):
        missing = [name for name in features if name not in patient]
        if missing:
            raise ValueError("the patient lacks {}".format(", ".join(missing[:5])))
        return [float(patient[name]) for name in features]
    if len(patient) != len(features):
        raise ValueError("expected {} measurements, found {}".format(len(features), len(patient)))
    return patient


def predict(model, row):
    columns = zip(row, model["means"], model["deviations"], model["weights"])
    value = model["bias"] + sum(weight * (x - mean) / deviation for x, mean, deviation, weight in columns)
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
