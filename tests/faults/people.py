"""People at a real server while something goes wrong: who saves answers and knows what was acknowledged, and who looks around."""

import http.client
import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from tests.bench.server import ROOT
from tests.faults.fault import Seen
from tests.load.serving import Server

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PAGE = re.compile(r'name="page" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
PATIENCE = 30
"""Seconds after which an answer is not waited for any more."""
PAUSE = 0.15


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said; ``status`` 0 where it said nothing."""

    status: int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass
class Visitor:
    """A browser as small as can be, one request at a time."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str, **headers: str) -> Reply:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, given: dict[str, str], **headers: str) -> Reply:
        body = urlencode({"csrfmiddlewaretoken": self.token, **given})
        own = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        return self._ask("POST", path, body, own | headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        begun = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(
                method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return Reply(0, seconds=time.monotonic() - begun)
        finally:
            line.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        text = content.decode(errors="replace")
        if found := TOKEN.search(text):
            self.token = found[1]
        said = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, text, said, time.monotonic() - begun)


@dataclass
class Saver:
    """Somebody who goes through questions and whose page saves along: again and again until it hears that it was stored."""

    visitor: Visitor
    public_id: str
    link: str
    """The private link, without scheme and host."""
    questions: list[str]
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    """By question: what was acknowledged, in order."""
    unsure: dict[str, list[str]] = field(default_factory=dict)
    """By question: what was sent since without an answer; it may be stored or not."""
    statuses: Counter[int] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    """Answers that no page of ours is prepared for."""
    heard: list[float] = field(default_factory=list)
    """When something was acknowledged."""
    clock: str = ""
    """When that was last, by the server's clock."""
    longest: float = 0.0
    """Seconds that one answer took, at most."""

    def work(self, over: Callable[[], bool]) -> None:
        seq = 0
        while not over():
            question = self.questions[seq // 5 % len(self.questions)]
            address = f"/a/{self.public_id}/q/{question}/"
            page = self.visitor.get(address)
            if page.status != 200 or not (name := PAGE.search(page.text)):
                self._note(page, "a page")
                time.sleep(PAUSE * 2)
                continue
            seen = SEEN.search(page.text)
            known = seen[1] if seen else "0"
            for _ in range(5):
                seq += 1
                form = {"page": name[1], "seq": str(seq), "seen": known, "answer": str(seq % 5), "auto": "1"}
                known = self._save(address, question, {**form, "note": f"note {seq}"}, over)
                if over():
                    break
                time.sleep(PAUSE)

    def _save(self, address: str, question: str, form: dict[str, str], over: Callable[[], bool]) -> str:
        """Send it until it is stored, as the page does; the revision that is known afterwards."""
        note = form["note"]
        while not over():
            self.unsure.setdefault(question, []).append(note)
            answer = self.visitor.post(address, form, HX_Request="true")
            told = json.loads(answer.headers.get("hx-trigger", "{}")).get("saved", {})
            if answer.status == 204 and told.get("state") == "saved":
                self.acknowledged.setdefault(question, []).append(note)
                self.unsure[question] = []
                self.clock = told["at"]
                self.heard.append(time.monotonic())
                self.statuses[204] += 1
                self.longest = max(self.longest, answer.seconds)
                return str(told["fields"]["seen"])
            self._note(answer, f"saving ({told.get('state', 'no word')})")
            time.sleep(min(1.0, float(answer.headers.get("retry-after", 0.3))))
        return form["seen"]

    def _note(self, answer: Reply, what: str) -> None:
        self.statuses[answer.status] += 1
        self.longest = max(self.longest, answer.seconds)
        prepared = answer.status == 0 or (answer.status == 503 and "retry-after" in answer.headers)
        if not prepared:
            self.odd.append(f"{what}: {answer.status} {answer.text[:80]!r}")


@dataclass
class Crowd:
    """Savers at work, each in a thread."""

    savers: list[Saver]
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        for each in self.savers:
            thread = threading.Thread(target=each.work, args=(self.stopped.is_set,), daemon=True)
            thread.start()
            self.threads.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for each in self.threads:
            each.join(PATIENCE + 5)

    @property
    def acknowledged(self) -> int:
        return sum(len(notes) for each in self.savers for notes in each.acknowledged.values())

    def statuses(self) -> Counter[int]:
        return sum((each.statuses for each in self.savers), Counter[int]())

    def heard_since(self, moment: float, within: float) -> float | None:
        """Seconds from this moment until every saver has had something acknowledged; None if that takes too long."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            firsts = [next((at for at in list(each.heard) if at > moment), None) for each in self.savers]
            if None not in firsts:
                return max(each for each in firsts if each is not None) - moment
            time.sleep(0.05)
        return None

    def compare(self, seen: Seen, environment: dict[str, str]) -> None:
        """Hold what was acknowledged against what is stored."""
        found = told(environment, "tests.faults.rows", "read")
        lost, kept = [], 0
        for each in self.savers:
            for question, notes in each.acknowledged.items():
                stored = found["notes"].get(each.public_id, {}).get(question, "nothing")
                kept += len(notes)
                if stored not in {notes[-1], *each.unsure.get(question, [])}:
                    lost.append(f"{each.public_id} {question}: acknowledged {notes[-1]!r}, stored {stored!r}")
        seen.acknowledged = (seen.acknowledged or 0) + self.acknowledged
        seen.stored = (seen.stored or 0) + kept - len(lost)
        seen.lost += lost
        seen.expect(self.acknowledged > 0, "nothing was acknowledged at all")
        seen.expect(found["sound"] == "ok", f"the database is not sound: {found['sound']}")
        seen.broken += sorted({each for saver in self.savers for each in saver.odd})[:5]
        answered = ", ".join(
            f"{count} x {status or 'no answer'}" for status, count in sorted(self.statuses().items())
        )
        seen.remarks.append(f"answers to savers: {answered}")


def told(environment: dict[str, str], module: str, *command: str) -> Any:
    """What a module of ours prints as JSON, in the surroundings of a server."""
    done = subprocess.run(
        [sys.executable, "-m", module, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def savers_for(environment: dict[str, str], number: int = 3) -> Callable[[Server], list[Saver]]:
    """Make the rows of so many savers; who they are follows once there is a server."""
    made = told(environment, "tests.faults.rows", "make", str(number))

    def at(server: Server) -> list[Saver]:
        return [
            Saver(
                Visitor(server.port, {"sid": each["session"]}),
                each["public_id"],
                each["link"],
                made["questions"],
            )
            for each in made["savers"]
        ]

    return at


@contextmanager
def saving(server: Server, at: Callable[[Server], list[Saver]]) -> Iterator[Crowd]:
    """Savers at work, from when each of them has had something stored."""
    with Crowd(at(server)) as crowd:
        if crowd.heard_since(0.0, 30) is None:
            raise RuntimeError(
                f"Nobody could save anything: {crowd.statuses()}, {[each.odd for each in crowd.savers]}"
            )
        yield crowd
