#!/usr/bin/env python3
"""Writes rows of the churn model of tests/fixtures/sklearn-speed as CSV, each cell from another of the stored rows.

usage: make_rows.py ROWS > rows.csv
"""
import csv
import json
import pathlib
import sys


def main(count):
    stored = json.loads((pathlib.Path(__file__).parents[2] / "tests/fixtures/sklearn-speed/churn9.rows.json").read_text())
    rows, columns = stored["rows"], stored["columns"]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for index in range(int(count)):
        writer.writerow([rows[(index * 2654435761 ^ column * 2246822519) % 4294967296 // 256 % len(rows)][column] for column in range(len(columns))])


if __name__ == "__main__":
    main(*sys.argv[1:])
