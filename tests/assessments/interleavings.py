"""Two windows on one question, and a network that delays, doubles, reorders and loses what they send."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from assessments.ordering import Edit


@dataclass(frozen=True)
class Reply:
    """What the server says: the revision now in force, or that another page was faster (``revision`` is None)."""

    revision: int | None


type Send = Callable[[Edit, str], Reply]
type Load = Callable[[], tuple[str | None, int]]
"""The stored value and its revision, as a page that is loaded shows them."""


@dataclass
class Window:
    """A page in a browser, and what the person in front of it knows."""

    page: str
    known: set[str | None]
    seen: int
    seq: int = 0
    typed: str | None = None
    sent: list[tuple[Edit, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)


@dataclass
class Game:
    """One run. ``acknowledged`` holds what the server has said it stored."""

    random: Random
    send: Send
    load: Load
    pages: int = 0
    values: int = 0
    acknowledged: set[str] = field(default_factory=set)
    origin: dict[str | None, tuple[str, int]] = field(default_factory=dict)
    """The page that sent a value, and as the how manieth; values that several may send are left out."""

    def play(self, steps: int) -> None:
        windows = [self.opened(), self.opened()]
        for _ in range(steps):
            place = self.random.randrange(2)
            move = self.random.choices(["type", "deliver", "reply", "reload"], [4, 5, 3, 1])[0]
            match move:
                case "type":
                    self.type(windows[place])
                case "deliver":
                    self.deliver(windows[place])
                case "reply":
                    self.hear(windows[place])
                case _:
                    windows[place] = self.opened()
        for window in windows:  # what is still on its way arrives in the end
            while window.sent:
                self.deliver(window, once=True)

    def opened(self) -> Window:
        self.pages += 1
        value, revision = self.load()
        return Window(page=f"page-{self.pages}", known={value}, seen=revision)

    def type(self, window: Window) -> None:
        self.values += 1
        common = self.random.random() < 0.2
        window.typed = "the same" if common else f"value {self.values}"
        window.known.add(window.typed)
        window.seq += 1
        if not common:
            self.origin[window.typed] = (window.page, window.seq)
        window.sent.append((Edit(window.page, window.seq, window.seen), window.typed))

    def deliver(self, window: Window, *, once: bool = False) -> None:
        if not window.sent:
            return
        place = self.random.randrange(len(window.sent))
        edit, value = window.sent[place]
        if once or self.random.random() < 0.8:  # else it will arrive a second time
            del window.sent[place]
        before, _ = self.load()
        reply = self.send(edit, value)
        after, _ = self.load()
        self.check(window, before, after, value)
        if reply.revision is not None:
            self.acknowledged.add(value)
            window.replies.append(reply)

    def hear(self, window: Window) -> None:
        if window.replies and (reply := window.replies.pop(0)).revision is not None:
            window.seen = reply.revision

    def check(self, window: Window, before: str | None, after: str | None, value: str) -> None:
        """An answer changes only to what was sent, by somebody who knows the one it replaces, and never backwards."""
        assert after in {before, value}
        if after != before and before in self.origin and after in self.origin:
            (page, seq), (last, newer) = self.origin[before], self.origin[after]
            assert page != last or seq < newer, f"{before!r} was sent later than {after!r}"
        if after != before and before in self.acknowledged:
            assert before in window.known, f"{before!r} was acknowledged and then lost to {value!r}"
