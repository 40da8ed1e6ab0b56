#!/usr/bin/env python3
"""Times scikit-learn on the models of tests/fixtures/sklearn-speed and prints one JSON line a model.

Figures: microseconds of processor time for one row (median of many calls), rows per second for a batch (best of several), seconds and
peak memory of pickle.load (median; the objects alone, without the file's bytes). One thread: the caller sets OPENBLAS_NUM_THREADS and OMP_NUM_THREADS to 1.
"""
import json
import pathlib
import pickle
import statistics
import sys
import time
import tracemalloc
import warnings

warnings.filterwarnings("ignore")


def time_model(folder, name, batch_rows):
    stored = json.loads((folder / f"{name}.rows.json").read_text())
    data = (folder / f"{name}.pkl").read_bytes()
    loads = []
    for _ in range(7):
        start = time.perf_counter()
        model = pickle.loads(data)
        loads.append(time.perf_counter() - start)

    del model
    tracemalloc.start()
    model = pickle.loads(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    rows = stored["rows"]
    batch = [mixed_row(rows, i) for i in range(batch_rows)]
    if stored["columns"]:
        import pandas
        one = pandas.DataFrame(rows[:1], columns=stored["columns"])
        many = pandas.DataFrame(batch, columns=stored["columns"])
    elif isinstance(rows[0], str):
        one, many = rows[:1], batch
    else:
        import numpy
        one, many = numpy.array(rows[:1]), numpy.array(batch)

    for _ in range(5):
        model.predict(one)
    singles = []
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until and len(singles) < 2000:
        start = time.thread_time()
        model.predict(one)
        singles.append(time.thread_time() - start)
    model.predict(many)
    best = min(timed(model, many) for _ in range(4))
    return {
        "name": name,
        "one_us": statistics.median(singles) * 1e6,
        "rows_per_s": batch_rows / best,
        "load_ms": statistics.median(loads) * 1e3,
        "load_kb": peak / 1024,
    }


def mixed_row(rows, index):
    """Each cell from another stored row: rows that repeat would be easier to foresee for a processor than a user's are."""
    if isinstance(rows[0], str):
        return rows[index % len(rows)]
    return [rows[source(index, column) % len(rows)][column] for column in range(len(rows[0]))]


def source(index, column):
    return 0 if index == 0 else ((index * 2654435761 ^ column * 2246822519) & 0xFFFFFFFF) >> 8


def timed(model, many):
    start = time.thread_time()
    model.predict(many)
    return time.thread_time() - start


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:]:
        try:
            print(json.dumps(time_model(folder, name, 10_000)), flush=True)
        except Exception as error:  # a library that is not installed: say so and go on
            print(json.dumps({"name": name, "error": str(error)[:200]}), flush=True)
