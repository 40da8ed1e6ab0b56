#!/usr/bin/env python3
"""Asks the built tool for a prediction of every hostile file, and writes a table: idea, answer, time, memory.

Usage: table.py FLAMA ARCHIVE_OR_DIRECTORY... > table.md

An archive has manifest.json: "row", and "files" with "file", "idea" and "expected" (refused, loads, anything else: either). Files of a
directory have no expectation. Time is that of the processor, memory the largest resident set, both of a whole process with the runtime in it.
Exit code 1 when a file takes more than 5 s or 300 MB, ends without a typed error or answer, or not as expected.
"""
import json
import os
import subprocess
import sys
import tempfile
import zipfile

SECONDS, MEGABYTES = 5, 300
ROW = [[5.1, 3.5, 1.4, 0.2]]


def files_of(source):
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            row = manifest.get("row", ROW)
            for entry in manifest["files"]:
                yield entry["file"], entry["idea"], entry["expected"], archive.read(entry["file"]), row
        return
    for name in sorted(os.listdir(source)):
        if not name.endswith(".md"):
            with open(os.path.join(source, name), "rb") as file:
                yield name, "", "either", file.read(), ROW


def ask(flama, name, content, row, directory):
    path = os.path.join(directory, name.replace("/", "_"))
    with open(path, "wb") as file:
        file.write(content)
    environment = dict(os.environ, DOTNET_TieredPGO="0")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error, tempfile.TemporaryFile() as rows:
        rows.write(json.dumps(row).encode())
        rows.seek(0)
        process = subprocess.Popen([flama, "model", path, "predict"], stdin=rows, stdout=out, stderr=error, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), error.seek(0)
        answer, message = out.read().decode(errors="replace"), error.read().decode(errors="replace")
    os.remove(path)
    return process.returncode, answer, message, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    flama, sources = sys.argv[1], sys.argv[2:]
    wrong, count, slowest, largest = [], 0, 0, 0
    print("| File | Idea | Answer | Seconds | MB |\n|---|---|---|---:|---:|")
    with tempfile.TemporaryDirectory() as directory:
        for source in sources:
            for name, idea, expected, content, row in files_of(source):
                code, answer, message, seconds, megabytes = ask(flama, name, content, row, directory)
                first = next((line for line in message.splitlines() if line.strip()), "").replace(directory, "").replace("|", "\\|")
                shown = "answered " + answer.strip()[:30] if code == 0 else first[:110]
                print(f"| {name} | {idea.replace('|', chr(92) + '|')[:90]} | {shown} | {seconds:.2f} | {megabytes:.0f} |", flush=True)
                count, slowest, largest = count + 1, max(slowest, seconds), max(largest, megabytes)
                as_expected = {"refused": code != 0, "loads": code == 0}.get(expected, True)
                if seconds > SECONDS or megabytes > MEGABYTES or code < 0 or not as_expected or "internal" in first.lower() or "Unhandled" in message:
                    wrong.append(name)
    print(f"\n{count} files, at most {slowest:.2f} s and {largest:.0f} MB.", "All as they should be." if not wrong else "Wrong: " + ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
