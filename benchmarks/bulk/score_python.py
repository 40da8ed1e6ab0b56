#!/usr/bin/env python3
"""Scores a CSV file with a pickled model, pandas and scikit-learn, in blocks of rows; one JSON list of predictions a block to standard output.

usage: score_python.py MODEL.pkl ROWS.csv [ROWS A BLOCK]
"""
import json
import pickle
import sys
import warnings

import pandas

warnings.filterwarnings("ignore")


def main(model_path, rows_path, block=50_000):
    with open(model_path, "rb") as file:
        model = pickle.load(file)
    for frame in pandas.read_csv(rows_path, chunksize=int(block)):
        json.dump(model.predict(frame).tolist(), sys.stdout)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
