"""Writes the mean reading of each station to summary.csv."""
import argparse
import csv
import os

# SageMaker mounts a job's inputs and collects its outputs below /opt/ml. MLPIPE_OPT_ML names the place when the script
# runs elsewhere than in a container.
OPT_ML = os.environ.get("MLPIPE_OPT_ML", "/opt/ml")
INPUT = os.path.join(OPT_ML, "processing/input/readings/readings.csv")
OUTPUT = os.path.join(OPT_ML, "processing/output/summary")

parser = argparse.ArgumentParser()
parser.add_argument("--unit", choices=["celsius", "fahrenheit"], default="celsius")
unit = parser.parse_args().unit

readings = {}
with open(INPUT, newline="", encoding="utf-8") as file:
    for line in csv.DictReader(file):
        celsius = float(line["celsius"])
        readings.setdefault(line["station"], []).append(celsius if unit == "celsius" else celsius * 9 / 5 + 32)

os.makedirs(OUTPUT, exist_ok=True)
with open(os.path.join(OUTPUT, "summary.csv"), "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["station", unit])
    for station, values in sorted(readings.items()):
        mean = sum(values) / len(values)
        writer.writerow([station, round(mean, 2)])
        print("{}: {:.2f} {}".format(station, mean, unit))
