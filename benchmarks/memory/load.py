"""Sends requests of 10 MB and watches what the server holds. usage: load.py URL PID ONE_AFTER_ANOTHER AT_ONCE ROUNDS"""

import collections
import sys
import threading
import time
import urllib.error
import urllib.request

URL, PID, SINGLE, PARALLEL, ROUNDS = sys.argv[1], *map(int, sys.argv[2:6])
LARGE = ('{"input":[' + ",".join(f"[{i},1]" for i in range(1_000_000)) + "]}").encode()
SMALL = b'{"input":[[0,1]]}'


def held() -> int:
    with open(f"/proc/{PID}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS:"))


def post(body: bytes) -> str:
    request = urllib.request.Request(f"{URL}/predict/", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()
            return str(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.read()
        wait = refusal.headers.get("Retry-After")
        return f"{refusal.code}" + (f" (Retry-After {wait})" if wait else "")
    except OSError as failure:
        return f"{type(failure).__name__}: {failure}"


def run(count: int, threads: int, body: bytes, what: str) -> None:
    statuses: collections.Counter[str] = collections.Counter()
    seconds: list[float] = []

    def work() -> None:
        for _ in range(count):
            start = time.perf_counter()
            statuses[post(body)] += 1
            seconds.append(time.perf_counter() - start)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    most = held()
    while any(worker.is_alive() for worker in workers):
        most = max(most, held())
        time.sleep(0.02)
    seconds.sort()
    answers = ", ".join(f"{status} × {number}" for status, number in sorted(statuses.items()))
    print(f"{what}: {answers}; at most {most} MB, {held()} MB at the end; median {seconds[len(seconds) // 2] * 1000:.0f} ms", flush=True)
    allowed = ("200", "413", "503 (Retry-After")
    if not all(status.startswith(allowed) for status in statuses) or (body is SMALL and set(statuses) != {"200"}):
        raise SystemExit("an answer of another kind")


run(50, 1, SMALL, "small requests")
before = held()
print(f"before: {before} MB; a large request has {len(LARGE) / 2**20:.1f} MB", flush=True)
run(SINGLE, 1, LARGE, f"{SINGLE} large requests one after another")
run(50, 1, SMALL, "small requests")
run(ROUNDS, PARALLEL, LARGE, f"{PARALLEL} large requests at once, {ROUNDS} times")
run(50, 1, SMALL, "small requests")
passed = 0
for second in (1, 5, 10, 20, 30, 60):
    time.sleep(second - passed)
    passed = second
    print(f"{second:>3} s after: {held()} MB", flush=True)
