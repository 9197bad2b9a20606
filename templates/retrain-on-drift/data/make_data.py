"""Draws the files of this folder. The same seed gives the same bytes: python3 data/make_data.py

Customers of a telephone company, and whether they left. What makes them leave is the same in all files but one.
"""
import csv
import itertools
import math
import os
import random

COLUMNS = ["tenure", "monthly_charge", "support_calls", "usage_gb", "two_year", "churned"]
ROWS = 600


def main():
    write("baseline.csv", customers(random.Random(1)))
    # More of the same: nothing has drifted.
    write("steady.csv", customers(random.Random(2)))
    # Prices went up and people use more, but they leave for the reasons they always had.
    write("drifted.csv", customers(random.Random(3), charge=72, usage=23))
    # The same new world, with the labels lost: each one is the toss of a coin.
    write("mislabelled.csv", customers(random.Random(4), charge=72, usage=23, has_labels=False))
    # Five customers as the model is asked about them: no first line, and nobody knows yet whether they leave.
    write("customers.csv", [row[:-1] for row in itertools.islice(customers(random.Random(5), charge=72, usage=23), 5)], [])


def customers(source, charge=60, usage=20, has_labels=True):
    for _ in range(ROWS):
        tenure = source.randrange(1, 73)
        monthly_charge = round(max(15.0, source.gauss(charge, 12)), 2)
        support_calls = sum(source.random() < 0.25 for _ in range(6))
        usage_gb = round(max(0.5, source.gauss(usage, 7)), 1)
        two_year = int(source.random() < 0.4)
        leaning = 1.1 * (support_calls - 1.5) + 0.07 * (monthly_charge - charge) - 0.06 * (tenure - 30) - 1.4 * two_year
        noise = source.random()
        churned = source.random() < 0.5 if not has_labels else leaning + 0.5 * math.log(noise / (1 - noise)) > 0
        yield [tenure, monthly_charge, support_calls, usage_gb, two_year, int(churned)]


def write(name, rows, columns=COLUMNS):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if columns:
            writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
