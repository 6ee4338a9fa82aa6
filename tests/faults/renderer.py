"""F-11 and F-12: making a PDF hangs, takes all memory, crashes, or cannot be finished, while others look at pages."""

import sys
import threading
import time

from tests.faults.fault import Seen, Where, fault
from tests.faults.people import Reply, Saver, Visitor, savers_for, saving
from tests.faults.places import place
from tests.load import serving
from tests.load.measuring import percentile

COULD_NOT = "The PDF could not be made. The web report is complete."
FAULTS = {
    "hang": "it computes for ever",
    "memory": "it takes 4 GB",
    "crash": "SIGSEGV",
    "finish": "the finishing step fails",
}
OTHERS = 500.0
"""Milliseconds within which 95 of 100 other pages have to be there."""
ANSWERED = 30.0
"""Seconds: what one may take here, and waiting for a place."""


@fault("F-11", "a PDF cannot be made")
def renderer_fails(where: Where) -> Seen:
    """Each of three ways, with a report of its own: none is tried again at once for the one that has just failed."""
    return _fail(where, ["hang", "memory", "crash"])


@fault("F-12", "a PDF cannot be finished")
def finishing_fails(where: Where) -> Seen:
    return _fail(where, ["finish"])


def _fail(where: Where, faults: list[str]) -> Seen:
    seen = Seen(injected="; ".join(FAULTS[each] for each in faults))
    with place(where) as here:
        at = savers_for(here.environment, len(faults) + 2)
        file = here.data / "pdf-fault"
        file.write_text("")
        command = [
            *(
                sys.executable,
                "-m",
                "advisor.granian",
                "tests.faults.failing_pdfs:application",
                "--interface",
                "wsgi",
            ),
            *("--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4", "--log-level", "warning"),
            *("--respawn-failed-workers", "--no-ws"),
        ]
        environment = {**here.environment, "GROUNDWORK_SERVING": "1"}
        with serving.serving(environment, command=command) as server:
            *readers, last, saver = at(server)
            with saving(server, lambda _: [saver]) as crowd:
                others = _Others(server.port, saver.visitor.cookies, saver.public_id)
                with others:
                    for what, reader in zip(faults, readers, strict=True):
                        file.write_text(what)
                        workers = server.workers()
                        answer = reader.visitor.get(f"/a/{reader.public_id}/result.pdf")
                        _judge(seen, what, answer)
                        report = reader.visitor.get(f"/a/{reader.public_id}/result/")
                        seen.expect(report.status == 200, f"{what}: the web report said {report.status}")
                        seen.expect(server.workers() == workers, f"{what}: a server process was replaced")
                    file.write_text("")
                    tries = _tries_until_made(last)
                    seen.expect(tries > 0, "no PDF was made once nothing was wrong any more")
                    seen.remarks.append(f"then one was made, at try {tries}")
            crowd.compare(seen, here.environment)
            late = percentile(sorted(others.seconds), 0.95) * 1000
            seen.expect(not others.odd, f"other pages: {others.odd[:3]}")
            seen.expect(late <= OTHERS, f"95 of 100 other pages took {late:.0f} ms, promised {OTHERS:.0f}")
            seen.remarks.append(f"{len(others.seconds)} other pages meanwhile, p95 {late:.0f} ms")
            log = server.log.read_text(errors="replace")
            seen.expect(log.count("No PDF for") >= len(faults), "the log does not say why")
    return seen


def _judge(seen: Seen, what: str, answer: Reply) -> None:
    seen.expect(answer.status == 503, f"{what}: {answer.status}")
    seen.expect(COULD_NOT in answer.text, f"{what}: the page says something else")
    seen.expect("Try again" in answer.text, f"{what}: nothing to try again by")
    seen.expect(answer.seconds <= ANSWERED, f"{what}: told after {answer.seconds:.0f} s")
    seen.remarks.append(f"{what}: told after {answer.seconds:.1f} s")


def _tries_until_made(reader: Saver) -> int:
    """How often one has to ask for a PDF, each time with another sum; 0 where all tries were in vain.

    What one may take here is short, and a busy machine takes longer for some.
    """
    for number in range(1, 5):
        if reader.visitor.get(f"/a/{reader.public_id}/result.pdf?budget={number}00000").status == 200:
            return number
    return 0


class _Others:
    """Somebody who looks at a question, over and over."""

    def __init__(self, port: int, cookies: dict[str, str], public_id: str) -> None:
        self.visitor = Visitor(port, dict(cookies))
        self.address = f"/a/{public_id}/q/c_size/"
        self.seconds: list[float] = []
        self.odd: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.is_set():
            answer = self.visitor.get(self.address)
            self.seconds.append(answer.seconds)
            if answer.status != 200:
                self.odd.append(answer.status)
            time.sleep(0.05)
