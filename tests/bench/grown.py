"""Stores more and more assessments, and at each size looks at every kind of page; prints how long the server took.

A process of its own, ``python -m tests.bench.grown 1000 10000 ...``: its environment names the settings, the database and a
folder for its data. Each look goes to another of the thousands that are stored, so that no page is warm from the last one.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from random import Random
from statistics import median

from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advisor.wsgi import application  # sets Django up, so it comes before everything that has rows
from assessments.chain import seal_loose
from assessments.erasing import erase_person
from assessments.links import token_of
from assessments.management.commands.delete_expired import delete
from assessments.models import Assessment, AuditEvent, Counter, Invitation, TrailSeal
from assessments.qr import qr_image
from assessments.surveys import link_of as survey_link
from assessments.workshop import fresh_rooms
from assessments.workshop.joining import join_link, stage_link
from tests.bench.backends import working_time
from tests.bench.block import PASSWORD, SIZE, Block
from tests.bench.browser import Answered, Browser
from tests.bench.copying import Copier, stored_bytes
from tests.bench.questionnaire import all_of_them, fields_of
from tests.bench.targets import Target
from tests.bench.walks import SECRET, expect
from tests.plans import whole_reads
from tests.statements import asked

ROUNDS = 12
WARM_UP = 1
PLACES = 19
SELDOM = 3
"""So many rounds for what costs much and does not depend on the rows: a password, a PDF."""
BARE = 9
"""So many looks at the bare view in each round: it tells how the machine has changed."""
DUE = 20
"""So many of a kind are due when the nightly cleaning is timed: what it has to delete is the same at every size."""

type Look = Callable[[Target], Answered]


def main(sizes: list[int]) -> None:
    """Grow, look, and print it all as JSON."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    Block().store()
    seal_loose()
    Browser.beside = working_time()
    copier, found, dice = Copier(), [], Random(7)
    call_command("loaddemo", stdout=StringIO())
    bare = Browser(application)
    bare.cookies["csrf"] = SECRET
    for size in sizes:
        before, begun = stored_bytes(), time.monotonic()
        copier.grow(size // SIZE - 1)
        took = time.monotonic() - begun
        targets = [
            Target(application, dice.randrange(size // SIZE), dice.randrange(PLACES))
            for _ in range(ROUNDS + WARM_UP)
        ]
        for target in targets[:WARM_UP]:
            look(target, 0, bare)
        times: dict[str, list[tuple[float, float]]] = {}
        for turn, target in enumerate(targets[WARM_UP:]):
            for name, taken in look(target, turn, bare).items():
                times.setdefault(name, []).append(taken)
        told = statements(Target(application, targets[-1].copy, targets[-1].place + 1))
        found.append(
            {
                "size": size,
                "rows": Assessment.objects.count(),
                "bytes": stored_bytes(),
                "grown": [took, stored_bytes() - before],
                "times": times,
                "statements": told,
                "jobs": jobs(),
            }
        )
        sys.stderr.write(
            f"{size:,} stored: grown in {took:.0f} s, looked at after {time.monotonic() - begun:.0f} s\n"
        )
    json.dump(found, sys.stdout)


# --- Pages ------------------------------------------------------------------------------------------------------------


def look(target: Target, turn: int, bare: Browser) -> dict[str, tuple[float, float]]:
    """Seconds for each page, and how many of them the processor worked; for some pages only in the first turns."""
    Counter.objects.all().delete()  # nobody is told that this was too often
    cache.clear()
    some = [expect(bare.get("/bare/"), 200) for _ in range(BARE)]
    taken = {"bare": (median(each.seconds for each in some), median(each.worked for each in some))}
    for name, ask in PAGES.items():
        if turn < SELDOM or name not in EXPENSIVE:
            if name in KEPT:
                caches["fragments"].clear()
                qr_image.cache_clear()
                fresh_rooms.forget(target.room.public_id)
            answered = ask(target)
            if answered.status >= 400:
                raise RuntimeError(f"{name}: {answered.status}: {answered.text[:1500]}")
            taken[name] = (answered.seconds, answered.worked)
    return taken


def statements(target: Target) -> dict[str, tuple[int, list[str]]]:
    """How many statements each page takes, and those of them that read a growing table from end to end."""
    Counter.objects.all().delete()
    cache.clear()
    found, seen = {}, []

    @contextmanager
    def watched() -> Iterator[None]:
        with CaptureQueriesContext(connection) as taken:
            yield
        seen.append(taken)

    Browser.watched = watched
    try:
        for name, ask in PAGES.items():
            ask(target)
            found[name] = (len(asked(seen[-1])), whole_reads(seen[-1]))
    finally:
        Browser.watched = None
    return found


def _question(target: Target, turn: str = "") -> Answered:
    """A step: the page of a question; for a form, sent as its own page would send it."""
    question = next(
        each for each in all_of_them() if not target.begun.answers.filter(question=each.id).exists()
    )
    here = f"/a/{target.begun.public_id}/q/{question.id}/"
    page = target.client.get(here)
    if not turn:
        return page
    more = [("auto", "1"), ("page", "bench"), ("seq", "1")] if turn == "auto" else []
    return target.client.post(here, [*page.hidden(), *fields_of(question, ""), *more])


def _form(browser: Browser, address: str, *fields: tuple[str, str], page: str = "") -> Answered:
    """A form as its page sends it; only the sending counts."""
    return browser.post(address, [*browser.get(page or address).hidden(), *fields])


def _desk(more: str) -> Look:
    return lambda target: target.consultant.get(f"/desk/{target.workspace.public_id}/{more}")


def _theirs(more: str) -> Look:
    return lambda target: target.consultant.get(f"/a/{target.theirs.public_id}/{more}")


def _mine(more: str) -> Look:
    return lambda target: target.client.get(f"/a/{target.finished.public_id}/{more}")


def _api(more: str) -> Look:
    return lambda target: target.program.get(f"/api/v1/{more}")


def _vote(target: Target) -> Answered:
    home = f"/w/{target.room.public_id}/"
    return target.phone.post(
        f"{home}vote/",
        [*target.phone.get(home).hidden(), ("round", str(target.round.pk)), ("answer", "2")],
    )


def _came_in(target: Target) -> Answered:
    return _form(target.stranger, "/join/", ("code", str(target.room.code)))


def _signed_in(target: Target) -> Answered:
    return _form(
        Browser(application), "/account/login/", ("login", target.owner.email), ("password", PASSWORD)
    )


def _pdf(target: Target) -> Answered:
    """Kept: it is made before, untimed."""
    address = f"/a/{target.finished.public_id}/result.pdf"
    target.client.get(address)
    return target.client.get(address)


def _resumed(target: Target) -> Answered:
    address = f"/r/{token_of(target.finished)}"
    return _form(Browser(application), address)


PAGES: dict[str, Look] = {
    "landing page": lambda target: target.stranger.get("/"),
    "landing page, coming back": lambda target: target.client.get("/"),
    "samples": lambda target: target.stranger.get("/sample/"),
    "begin an assessment": lambda _: _form(Browser(application), "/start/", ("mode", "full"), page="/"),
    "step, shown": _question,
    "step, saved by itself": lambda target: _question(target, "auto"),
    "step, sent": lambda target: _question(target, "sent"),
    "overview": _mine(""),
    "part on one page": _mine("sheet/devops/"),
    "review": _mine("review/"),
    "result": _mine("result/"),
    "plan": _mine("plan/"),
    "what if": _mine("what-if/"),
    "milestones": _mine("milestones/"),
    "keep the link": _mine("keep/"),
    "own data": _mine("data.json"),
    "PDF, kept": _pdf,
    "private link, shown": lambda target: Browser(application).get(f"/r/{token_of(target.finished)}"),
    "private link, come in": _resumed,
    "delete an assessment": lambda target: _form(
        target.client, f"/a/{target.begun_lately.public_id}/delete/"
    ),
    "link to read, come in": lambda target: _form(Browser(application), f"/s/{target.share[1]}/"),
    "report by that link": lambda target: target.client.get(f"/shared/{target.share[0].public_id}/"),
    "sign in": _signed_in,
    "way to the desk": lambda target: target.consultant.get("/desk/"),
    "desk": _desk(""),
    "desk, a page further": _desk("?page=3"),
    "desk, a search": _desk("?q=bank"),
    "desk, by bottleneck": _desk("?found=dataops&state=ready"),
    "desk, by share answered": _desk("?sort=-answered"),
    "one assessment at the desk": lambda target: _desk(f"a/{target.theirs.public_id}/")(target),
    "clients": _desk("clients/"),
    "one client": lambda target: _desk(f"clients/{target.theirs.client.public_id}/")(target),  # type: ignore[union-attr]
    "portfolio": _desk("portfolio/"),
    "inbox": _desk("inbox/"),
    "people": _desk("people/"),
    "trail": _desk("trail/"),
    "trail, a page further": _desk("trail/?page=9"),
    "bin": _desk("bin/"),
    "messages to programs": _desk("webhooks/"),
    "a name in a workspace": _desk("people/named/?q=ann"),
    "a line of the trail": lambda target: _form(
        target.consultant,
        f"/desk/{target.workspace.public_id}/a/{target.theirs.public_id}/archive/",
        ("archive", "1"),
        page=f"/desk/{target.workspace.public_id}/a/{target.theirs.public_id}/",
    ),
    "delete for good": lambda target: _form(
        target.consultant,
        f"/desk/{target.workspace.public_id}/bin/assessment/{target.binned.public_id}/delete/",
        ("name", target.binned.client.name),  # type: ignore[union-attr]
    ),
    "result of a client": _theirs("result/"),
    "survey": lambda target: target.consultant.get(f"/a/{target.survey.assessment.public_id}/several/"),
    "take part": lambda target: Browser(application).get(str(survey_link(target.survey))),
    "room, console": lambda target: target.consultant.get(f"/a/{target.room.assessment.public_id}/room/"),
    "room, console asks": lambda target: target.consultant.get(
        f"/a/{target.room.assessment.public_id}/room/state/?v=0"
    ),
    "room, phone": lambda target: target.phone.get(f"/w/{target.room.public_id}/"),
    "room, phone asks": lambda target: target.phone.get(f"/w/{target.room.public_id}/state/?v=0"),
    "room, a vote": _vote,
    "room, screen": lambda target: Browser(application).get(stage_link(target.room)),
    "room, screen asks": lambda target: Browser(application).get(f"{stage_link(target.room)}state/?v=0"),
    "room, by link": lambda target: Browser(application).get(join_link(target.room)),
    "room, by code": _came_in,
    "program, clients": _api("clients"),
    "program, assessments": _api("assessments"),
    "program, assessments, a page further": _api("assessments?page=3"),
    "program, one result": lambda target: _api(f"assessments/{target.theirs.public_id}/result")(target),
}
EXPENSIVE = {"PDF, kept", "sign in"}
KEPT = {"portfolio", "keep the link", "survey", "room, console", "room, screen"}
"""What a process keeps of these is forgotten before each look: with a thousand stored it would always be the same room."""


# --- What is done at night ----------------------------------------------------------------------------------------------


def jobs() -> dict[str, float]:
    """Seconds of what nobody waits for, with the same amount to do at every size."""
    make_due()
    return dict(_timed())


def _timed() -> Iterator[tuple[str, float]]:
    for name, work in (
        ("cleaning at night", lambda: delete(timezone.now())),
        ("the same with nothing to delete", lambda: delete(timezone.now())),
        ("erase a person", lambda: erase_person("guest1@firm.example")),
    ):
        begun = time.perf_counter()
        work()
        yield name, time.perf_counter() - begun


def make_due() -> None:
    """Something of each kind whose time is over."""
    now = timezone.now()
    old = now - timedelta(days=1_000)
    newest = Assessment.objects.filter(client=None, part_of=None, sample=None).order_by("-pk").values("pk")
    Assessment.objects.filter(pk__in=list(newest[:DUE].values_list("pk", flat=True))).update(
        touched=old, opened=old
    )
    lines = AuditEvent.objects.bulk_create(
        AuditEvent(at=old, actor_kind="system", action="assessment.erased") for _ in range(DUE)
    )
    TrailSeal.objects.bulk_create(  # old ones stand where the chain begins
        TrailSeal(number=number - DUE, event=line.pk) for number, line in enumerate(lines, start=1)
    )
    Counter.objects.bulk_create(Counter(key=f"{each:064}", ends=old) for each in range(DUE))
    Invitation.objects.filter(email="guest1@firm.example").update(expires=now + timedelta(days=5))


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]])
