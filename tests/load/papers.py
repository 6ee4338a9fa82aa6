"""A hundred people, or one with a hundred windows, ask for PDFs at once; somebody else just wants a page.

    python -m tests.load.papers

Promised: 95 of 100 pages come within half a second all the while, everybody who asked gets an answer, and whoever asks for
more than ten an hour is told so. Loopback only; it takes half a minute.
"""

import http.client
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.load.serving import Server, fresh, manage, prepared, serving

ASKING = 100
PROMISED = 0.5
"""Seconds."""


def ask(server: Server, path: str) -> tuple[int, float]:
    """The status, and the seconds until the whole answer was there."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.perf_counter() - begun


def pages(server: Server, over: Event) -> list[float]:
    """How long a page takes, one after the other, until all have their answer."""
    taken = []
    while not over.is_set():
        status, seconds = ask(server, "/sample/")
        taken.append(seconds if status == 200 else 60.0)
        over.wait(0.05)
    return taken


def main() -> int:
    with fresh("sqlite") as environment:
        prepared(environment)
        manage(environment, "loaddemo")
        with serving(environment) as server:
            ask(server, "/sample/")
            over = Event()
            with ThreadPoolExecutor(ASKING + 1) as people:
                quiet = [ask(server, "/sample/")[1] for _ in range(20)]
                reading = people.submit(pages, server, over)
                wanted = [
                    people.submit(ask, server, f"/sample/lumo/roadmap.pdf?day_rate={number + 1}")
                    for number in range(ASKING)
                ]
                answers = Counter(each.result()[0] for each in wanted)
                over.set()
                taken = sorted(reading.result())
            complaints = [
                each for each in server.complaints() if "PDF" not in each and "roadmap.pdf" not in each
            ]
    ninety_five = taken[int(len(taken) * 0.95) - 1]
    print(
        f"{ASKING} PDFs asked for at once: "
        + ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
    )
    print(f"A page alone: {statistics.median(quiet) * 1000:.0f} ms; meanwhile, of {len(taken)}: "
          f"median {statistics.median(taken) * 1000:.0f} ms, 95 % within {ninety_five * 1000:.0f} ms")  # fmt: skip
    kept = (
        ninety_five < PROMISED and set(answers) <= {200, 429, 503} and answers[200] <= 10 and not complaints
    )
    print("\n".join(complaints) or ("All was kept." if kept else "That was not kept."))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
