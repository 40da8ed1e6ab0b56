# Reads pickles as base64, one a line, and answers what they are, one a line. No class or function is ever found, so that nothing can run.
import base64
import io
import pickle
import struct
import sys

sys.setrecursionlimit(5000)


class Data(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError("not data")


def text(value, depth=0):
    if depth > 200:
        raise RecursionError
    if value is None:
        return "N"
    if value is True:
        return "T"
    if value is False:
        return "F"
    if isinstance(value, int):
        return "i%d" % value
    if isinstance(value, float):
        return "fnan" if value != value else "f" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s" + value.encode("utf-16-be", "surrogatepass").hex()
    if isinstance(value, (bytes, bytearray)):
        return "b" + bytes(value).hex()
    if isinstance(value, tuple):
        return "(" + "".join(text(item, depth + 1) + "," for item in value) + ")"
    if isinstance(value, list):
        return "[" + "".join(text(item, depth + 1) + "," for item in value) + "]"
    if isinstance(value, dict):
        return "{" + "".join(text(key, depth + 1) + "," + text(item, depth + 1) + "," for key, item in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        return "<" + ",".join(sorted({text(item, depth + 1) for item in value})) + ">"
    raise TypeError(type(value))


def make(seed):
    import random

    chance = random.Random(seed)

    def value(depth):
        kind = chance.randrange(14 if depth < 4 else 8)
        if kind == 0:
            return None
        if kind == 1:
            return chance.random() < 0.5
        if kind == 2:
            return chance.choice([0, 1, -1, 255, 256, 65535, 65536, -(2**31), 2**31 - 1, 2**31, 2**63 - 1, -(2**63), 2**63, 10**40, -(10**40)])
        if kind == 3:
            return chance.choice([0.0, -0.0, 1.5, 1e308, 5e-324, float("inf"), float("-inf"), float("nan"), 0.1])
        if kind in (4, 5):
            return chance.choice(["", "a", "line\nbreak", "é", "日本", "\U0001f600", "\\", "'\"", "x" * 300, "\x00", "\ud800"])
        if kind == 6:
            return chance.choice([b"", b"a", bytes(range(256)), b"y" * 300])
        if kind == 7:
            return bytearray(b"abc")
        if kind in (8, 9):
            return [value(depth + 1) for _ in range(chance.randrange(5))]
        if kind == 10:
            return tuple(value(depth + 1) for _ in range(chance.randrange(5)))
        if kind == 11:
            return {"k%d" % i: value(depth + 1) for i in range(chance.randrange(5))}
        if kind == 12:
            return {"s%d" % chance.randrange(9) for _ in range(chance.randrange(5))}
        shared = value(depth + 1)
        return [shared, shared]

    data = value(0)
    return pickle.dumps(data, chance.randrange(6)), data


for line in sys.stdin:
    word, _, rest = line.strip().partition(" ")
    try:
        if word == "make":
            stream, data = make(int(rest))
            answer = base64.b64encode(stream).decode() + " " + text(data)
        else:
            answer = "ok " + text(Data(io.BytesIO(base64.b64decode(rest)), encoding="latin1").load())
    except RecursionError:
        answer = "deep"
    except MemoryError:
        answer = "deep"
    except Exception as error:
        answer = "refused " + type(error).__name__
    print(answer, flush=True)
