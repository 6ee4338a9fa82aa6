"""Plays rooms against a running server: facilitators, screens and phones, each as their browser would behave.

A process of its own: it reads a Play from standard input as JSON, and writes what happened to standard output.
"""

import asyncio
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.load.browsing import Answer, Browser, LostError

JOINING = 20.0
"""Seconds within which all phones come in."""
EVERY = 2.0
"""Seconds between two polls of a screen, as in the pages."""
VERSION = re.compile(r"[?]v=(\d+)([\w.]*)")
MOMENT = re.compile(r'data-moment="(\w+)"')
ROUND = re.compile(r'name="round" value="(\d+)"')
CHOICE = re.compile(r'name="answer" id="vote-[^"]*" value="([^"]*)"')
AGREE = re.compile(r'name="answer" id="agree-[^"]*" value="(\d)"')
STEP = re.compile(r'name="step" value="(\d+)"')
NEXT = re.compile(r'name="question" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Room:
    """What is known of a room from outside: its ways in, and a session that may act in it."""

    public_id: str
    console: str
    join: str
    stage: str
    session: str


@dataclass(frozen=True, slots=True)
class Play:
    """What is to be played. Times in seconds; a real workshop is five times slower."""

    host: str
    port: int
    rooms: list[Room]
    phones: int
    lasts: float
    joining: float = JOINING
    thinking: float = 3.0
    """Between two acts of a facilitator."""
    voting: float = 15.0
    """Between opening and closing a vote."""
    strangers: int = 0
    """Phones more, which all want into the first room, from the same address."""
    resilient: bool = False
    """Go on when the server goes away, instead of counting that as an error."""
    seed: int = 1


@dataclass(slots=True)
class Votes:
    """What one phone was told. By round: the value that was acknowledged last, and what was sent without an answer since."""

    room: str
    secret: str
    stored: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Act:
    """What a facilitator did, when, and the version that came of it."""

    name: str
    at: float
    version: int


@dataclass(slots=True)
class Screen:
    """When a screen has shown which version."""

    kind: str
    shown: list[tuple[float, int]] = field(default_factory=list)


@dataclass
class Scene:
    """One room while it is played."""

    room: Room
    acts: list[Act] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    votes: list[Votes] = field(default_factory=list)
    revealing: asyncio.Event = field(default_factory=asyncio.Event)
    ready: int = 0


class Player:
    """All rooms, and what they have in common: the clock, the errors, and how long answers took."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.random = random.Random(play.seed)
        self.scenes = [Scene(room) for room in play.rooms]
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.gaps: list[float] = []
        """How long a phone heard nothing after it lost the server."""
        self.cut: list[float] = []
        """When requests were sent that never got an answer."""
        self.ends = 0.0
        self.began = 0.0

    # --- What all have in common ---------------------------------------------------------------------------------------

    def browser(self) -> Browser:
        return Browser(self.play.host, self.play.port, self._note)

    def _note(self, kind: str, answer: Answer) -> None:
        self.statuses[f"{kind} {answer.status}"] += 1
        if self.began and kind != "stranger":
            self.seconds[kind].append(answer.seconds)
        if answer.status >= 500:
            self.errors[f"{kind} {answer.status}"] += 1

    async def safely(self, kind: str, asking: Awaitable[Answer]) -> Answer | None:
        """The answer, or None where there was none and that is part of the play."""
        asked = time.monotonic()
        try:
            return await asking
        except LostError as lost:
            self.cut.append(asked)
            if not self.play.resilient:
                self.errors[f"{kind}: {lost}"] += 1
            return None

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.ends

    async def run(self) -> dict[str, Any]:
        begun, cpu = time.monotonic(), time.process_time()
        self.ends = begun + self.play.joining + self.play.lasts
        async with asyncio.TaskGroup() as everybody:
            for scene in self.scenes:
                everybody.create_task(self.host(scene))
                everybody.create_task(self.stage(scene))
                for _ in range(self.play.phones):
                    everybody.create_task(self.phone(scene))
            for _ in range(self.play.strangers):
                everybody.create_task(self.stranger(self.scenes[0]))
            everybody.create_task(self.begin())
        took = time.monotonic() - begun
        return {
            "seconds": dict(self.seconds),
            "measured": time.monotonic() - self.began,
            "statuses": dict(self.statuses),
            "errors": dict(self.errors),
            "gaps": self.gaps,
            "cut": self.cut,
            "cpu": (time.process_time() - cpu) / took,
            "late": [each for scene in self.scenes for each in lateness(scene, self.ends)],
            "acts": sum(len(scene.acts) for scene in self.scenes),
            "votes": [asdict(each) for scene in self.scenes for each in scene.votes],
        }

    async def begin(self) -> None:
        """Measure from when everybody is in."""
        await asyncio.sleep(self.play.joining)
        self.began = time.monotonic()

    # --- Phones --------------------------------------------------------------------------------------------------------

    async def phone(self, scene: Scene) -> None:
        """Somebody who joins, looks, votes, and sometimes thinks again."""
        mine = self.random
        browser = self.browser()
        await asyncio.sleep(mine.uniform(0, self.play.joining * 0.8))
        page = await self.come_in(browser, scene)
        if page is None:
            return
        screen, votes = Screen("phone"), Votes(scene.room.public_id, browser.cookies["p"])
        scene.screens.append(screen)
        scene.votes.append(votes)
        await _Phone(self, scene, browser, screen, votes).stay(page)
        browser.close()

    async def come_in(self, browser: Browser, scene: Scene) -> Answer | None:
        while not self.over:
            first = await self.safely("join", browser.get(scene.room.join, "join"))
            if first is not None:
                sent = await self.safely("join", browser.post(scene.room.join, {}, "join", htmx=False))
                if sent is not None and sent.status == 303:
                    page = await self.safely("join", browser.get(sent.location, "join"))
                    if page is not None and page.status == 200:
                        return page
                    self.errors[f"phone {page.status if page else 'lost'}"] += not self.play.resilient
                elif sent is not None and not self.play.strangers:
                    self.errors[f"join {sent.status}"] += 1
            await asyncio.sleep(1)
        return None

    async def stranger(self, scene: Scene) -> None:
        """One too many: wants in by the link, guesses codes, and does not stop."""
        browser, mine = self.browser(), self.random
        await asyncio.sleep(self.play.joining + mine.uniform(0, self.play.lasts / 2))
        while not self.over:
            if mine.random() < 0.3:
                await self.safely("stranger", browser.get("/join/", "stranger"))
                code = "".join(mine.choices("23456789BCDFGHJKMNPQRSTVWXYZ", k=6))
                await self.safely("stranger", browser.post("/join/", {"code": code}, "stranger", htmx=False))
            else:
                await self.safely("stranger", browser.get(scene.room.join, "stranger"))
                await self.safely("stranger", browser.post(scene.room.join, {}, "stranger", htmx=False))
            await asyncio.sleep(mine.uniform(2, 6))
        browser.close()

    # --- The screen on the wall ------------------------------------------------------------------------------------------

    async def stage(self, scene: Scene) -> None:
        browser, screen = self.browser(), Screen("stage")
        page = await self.safely("page", browser.get(scene.room.stage))
        if page is None:
            return
        scene.screens.append(screen)
        await self.look(browser, screen, f"{scene.room.stage}state/", page)
        browser.close()

    async def look(self, browser: Browser, screen: Screen, address: str, page: Answer) -> None:
        """Ask every two seconds until the end."""
        tag = see(screen, page) or ""
        turn = time.monotonic() + self.random.uniform(0, EVERY)
        while not self.over:
            await asyncio.sleep(max(0.0, turn - time.monotonic()))
            turn += EVERY
            news = await self.safely("poll", browser.get(f"{address}?v={tag}", "poll"))
            if news is not None and news.status == 200:
                tag = see(screen, news) or tag

    # --- The facilitator -------------------------------------------------------------------------------------------------

    async def host(self, scene: Scene) -> None:
        """Shows a question, opens, closes, reveals, agrees; then the next one, until the time is over."""
        browser = self.browser()
        browser.cookies["sid"] = scene.room.session
        page = await self.safely("page", browser.get(scene.room.console))
        if page is None or page.status != 200:
            self.errors[f"console {page.status if page else 'lost'}"] += 1
            return
        screen, second = Screen("console"), self.browser()
        second.cookies = browser.cookies
        watching = asyncio.create_task(self.look(second, screen, f"{scene.room.console}state/", page))
        await asyncio.sleep(self.play.joining + self.random.uniform(0, 4))
        while not self.over:
            page = await self.one_question(scene, browser, page)
        await watching
        browser.close()

    async def one_question(self, scene: Scene, browser: Browser, page: Answer) -> Answer:
        play = self.play
        found = NEXT.search(page.text)
        page = await self.act(scene, browser, page, "show", question=found[1] if found else "")
        await self.wait(play.thinking)
        scene.revealing.clear()
        page = await self.act(scene, browser, page, "open")
        await self.wait(play.voting)
        if self.random.random() < 0.5:
            page = await self.act(scene, browser, page, "close")
            await self.wait(play.thinking)
        scene.revealing.set()  # some vote at this very moment
        page = await self.act(scene, browser, page, "reveal")
        await self.wait(play.thinking * 2)
        answers = AGREE.findall(page.text)
        page = await self.act(scene, browser, page, "agree", answer=self.random.choice(answers or ["2"]))
        await self.wait(play.thinking)
        return page

    async def wait(self, seconds: float) -> None:
        left = max(0.0, self.ends - time.monotonic())
        await asyncio.sleep(min(left, seconds * self.random.uniform(0.7, 1.3)))

    async def act(self, scene: Scene, browser: Browser, page: Answer, name: str, **given: str) -> Answer:
        """Do it, again if the server was away; what came of it."""
        if self.over:
            return page
        step = STEP.search(page.text)
        form = {"act": name, "step": step[1] if step else "", **given}
        at = time.monotonic()
        while not self.over:
            answer = await self.safely("act", browser.post(f"{scene.room.console}act/", form, "act"))
            if answer is None:
                await asyncio.sleep(0.3)
                continue
            if answer.status != 200 and not (self.play.resilient and answer.status in {409, 422}):
                self.errors[f"{name} {answer.status}"] += 1
            if answer.status == 200 and (found := VERSION.search(answer.text)):
                scene.acts.append(Act(name, at, int(found[1])))
            return answer
        return page


@dataclass
class _Phone:
    """A phone that is in."""

    player: Player
    scene: Scene
    browser: Browser
    screen: Screen
    votes: Votes
    tag: str = ""
    round: str = "0"
    moment: str = ""
    choices: list[str] = field(default_factory=list)
    voting: list[float] = field(default_factory=list)
    """When it will vote in the round that is open; more than once for who thinks again."""
    at_reveal: bool = False

    async def stay(self, page: Answer) -> None:
        self.show(page)
        turn = time.monotonic() + self.player.random.uniform(0, EVERY)
        while not self.player.over:
            until = min([turn, *self.voting])
            await self.sleep(until)
            now = time.monotonic()
            if self.at_reveal and self.scene.revealing.is_set():
                self.at_reveal = False
                await self.vote()
            elif self.voting and self.voting[0] <= now:
                self.voting.pop(0)
                await self.vote()
            elif turn <= now:
                turn = max(turn + EVERY, now)
                await self.poll()

    async def sleep(self, until: float) -> None:
        seconds = max(0.0, until - time.monotonic())
        if not self.at_reveal:
            await asyncio.sleep(seconds)
            return
        try:
            async with asyncio.timeout(seconds):
                await self.scene.revealing.wait()
        except TimeoutError:
            pass

    async def poll(self) -> None:
        address = f"/w/{self.votes.room}/state/?v={self.tag}"
        lost = time.monotonic()
        while not self.player.over:
            news = await self.player.safely("poll", self.browser.get(address, "poll"))
            if news is not None:
                if (gap := time.monotonic() - lost) > news.seconds + 0.2:
                    self.player.gaps.append(gap)
                if news.status == 200:
                    self.show(news)
                return
            await asyncio.sleep(0.3)

    def show(self, page: Answer) -> None:
        """What stands on the phone now; a vote that has just opened is thought about."""
        self.tag = see(self.screen, page) or self.tag
        found = MOMENT.search(page.text)
        if not found:
            return
        number = ROUND.search(page.text)
        before = self.moment, self.round
        self.moment, self.round = found[1], number[1] if number else ""
        if self.moment != "open":
            self.voting = []
            return
        self.choices = CHOICE.findall(page.text)
        if before == (self.moment, self.round):
            return
        mine, now, time_for_it = self.player.random, time.monotonic(), self.player.play.voting
        self.voting = [now + mine.uniform(0.2, time_for_it * 0.7)]
        if mine.random() < 0.25:
            self.voting.append(self.voting[0] + mine.uniform(0.3, time_for_it * 0.4))
        self.at_reveal = mine.random() < 0.15
        if self.at_reveal and mine.random() < 0.5:
            self.voting = []  # this one has not voted before

    async def vote(self) -> None:
        value = self.player.random.choice(self.choices)
        number, form = self.round, {"round": self.round, "answer": value}
        self.votes.unsure.setdefault(number, []).append(value)
        address = f"/w/{self.votes.room}/vote/"
        answer = await self.player.safely("vote", self.browser.post(address, form, "vote"))
        if answer is None:
            self.voting.insert(0, time.monotonic() + 0.3)  # the page sends it again
            return
        if answer.status == 200:
            self.votes.stored[number] = value
            self.votes.unsure.pop(number, None)
        elif answer.status == 409:
            self.votes.unsure[number].pop()  # refused in words: not stored
            self.votes.refused.append(number)
        else:
            self.player.errors[f"vote {answer.status}"] += 1
        self.show(answer)


def see(screen: Screen, page: Answer) -> str | None:
    """Note which version a screen shows from now on; its tag, for the next poll."""
    found = VERSION.search(page.text)
    if not found:
        return None
    screen.shown.append((time.monotonic(), int(found[1])))
    return found[1] + found[2]


def lateness(scene: Scene, ends: float) -> list[float]:
    """For each act, the seconds until the last of all screens has shown it or something newer.

    Acts of the last seconds are left out; a screen that never showed one counts as a minute.
    """
    found = []
    for act in scene.acts:
        if act.at < ends - 5:
            firsts = (
                next((at for at, version in screen.shown if version >= act.version), act.at + 60)
                for screen in scene.screens
                if screen.shown and screen.shown[0][0] <= act.at
            )
            found.append(max(firsts, default=act.at) - act.at)
    return found


def main() -> None:
    given = json.load(sys.stdin)
    given["rooms"] = [Room(**each) for each in given["rooms"]]
    json.dump(asyncio.run(Player(Play(**given)).run()), sys.stdout)


if __name__ == "__main__":
    main()
