"""Ways into the room: a code to type, a link behind the QR code, a link for the screen, and a cookie that comes back."""

import base64
import logging
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from assessments import audit, throttle
from assessments.http import is_this_machine, network_of
from assessments.links import TOKEN_LENGTH, absolute, digest_of
from assessments.locking import locked
from assessments.models import Assessment, Participant, Workshop
from assessments.models.workshop import CODE_LENGTH
from assessments.playbooks import edition
from assessments.questions import RefusedError
from assessments.rooms import IDLE, is_open
from assessments.statements import phone_with
from assessments.surveys import roles_in
from assessments.workshop import fresh_rooms
from assessments.workshop.rounds import EndedError, changing

log = logging.getLogger("assessments.workshop")

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""Nothing that looks like something else, and no vowels, so that no code is a word: 28 symbols, 28.8 bits in six."""
JOIN_SALT, STAGE_SALT = "groundwork.workshop.join", "groundwork.workshop.stage"
JOIN_BYTES = 16
JOIN_LENGTH = 22
MOST = 60
"""Phones in one room."""
MINUTE = timedelta(minutes=1)
MISSES, ALL_MISSES = 10, 60
"""Wrong codes a minute, from one network and altogether; more, and codes are refused for a minute."""
EVERYBODY = "everybody"
COOKIE_DAYS = 2
SECRET_BYTES = 32


class ClosedScreenError(Exception):
    """There is no room to be seen at this address of a screen: not any more, or there never was one."""


# --- The room -------------------------------------------------------------------------------------------------------------


def workshop_of(assessment: Assessment) -> Workshop | None:
    """One query."""
    found = Workshop.objects.filter(assessment=assessment).first()
    if found is not None:
        found.assessment = assessment
    return found


def open_workshop(*, assessment: Assessment, by: int | None, request: HttpRequest | None = None) -> Workshop:
    """Open the room, or open it again: after its end with a new code, and with everybody who was in. Raises DeletedError."""
    with locked(assessment):
        workshop = workshop_of(assessment)
        if workshop is None:
            workshop = Workshop(assessment=assessment, last_act="opened", last_by_id=by)
            workshop.stage_digest = digest_of(_secret(workshop, STAGE_SALT, workshop.stage_number))
            _renew(workshop)
            audit.note_work(request, "workshop.opened", assessment)
            return workshop
    if not is_open(workshop):
        with changing(workshop, by, "opened", over=True) as fresh:
            if not fresh.ended:  # it was only left alone, or somebody else was faster
                return workshop
            fresh.ended = fresh.votes_deleted = None
            fresh.step += 1
            fresh.link_number += 1
            _renew(fresh)
            audit.note_work(request, "workshop.opened", fresh.assessment)
    return workshop


def end_workshop(*, workshop: Workshop, by: int | None, request: HttpRequest | None = None) -> None:
    """Close the room: its code and links open nothing any more, and a vote that is open is dropped. Raises EndedError."""
    with changing(workshop, by, "ended") as fresh:
        fresh.rounds.exclude(state="revealed").delete()
        fresh.ended, fresh.timer_ends = timezone.now(), None
        fresh.code = None
        fresh.step += 1
        audit.note_work(request, "workshop.ended", fresh.assessment)


def new_code(*, workshop: Workshop, by: int | None, request: HttpRequest | None = None) -> None:
    """Another code and another link to join; whoever is in stays in. Raises EndedError."""
    with changing(workshop, by, "code") as fresh:
        fresh.link_number += 1
        _renew(fresh)
        audit.note_work(request, "workshop.code_replaced", fresh.assessment)


def new_stage_link(*, workshop: Workshop, by: int | None, request: HttpRequest | None = None) -> None:
    """Another link to the screen; the old one shows nothing any more. Raises EndedError."""
    with changing(workshop, by, "stage") as fresh:
        fresh.stage_number += 1
        fresh.stage_digest = digest_of(_secret(fresh, STAGE_SALT, fresh.stage_number))
        audit.note_work(request, "workshop.stage_replaced", fresh.assessment)


def _renew(workshop: Workshop) -> None:
    workshop.join_digest = digest_of(join_secret(workshop))
    while True:
        workshop.code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                workshop.save()
        except IntegrityError:  # another room has it, one case in some millions
            if not Workshop.objects.filter(code=workshop.code).exists():
                raise
        else:
            return


def join_secret(workshop: Workshop) -> str:
    """128 bits as 22 characters: they need no throttle, since nobody guesses them."""
    return _secret(workshop, JOIN_SALT, workshop.link_number, JOIN_BYTES)


def join_link(workshop: Workshop) -> str:
    """The link behind the QR code, without the name of the server."""
    return reverse("assessments:join_by_link", args=[join_secret(workshop)])


def join_address(request: HttpRequest) -> str:
    """Where the code is typed, as it is read out: without the scheme."""
    return absolute(request, reverse("assessments:join")).partition("://")[2].rstrip("/")


def within_reach(request: HttpRequest) -> bool:
    """Whether phones can follow the QR code: not where it leads to the machine that reads it."""
    return not is_this_machine(absolute(request, "/"))


def stage_link(workshop: Workshop) -> str:
    """The link to the screen, without the name of the server."""
    return reverse("assessments:stage", args=[_secret(workshop, STAGE_SALT, workshop.stage_number)])


def _secret(workshop: Workshop, salt: str, number: int, size: int = SECRET_BYTES) -> str:
    digest = salted_hmac(salt, f"{workshop.public_id}:{number}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:size]).rstrip(b"=").decode()


# --- Ways in --------------------------------------------------------------------------------------------------------------


def normalised(typed: str) -> str:
    """A code as it is stored: capitals, without the spaces, hyphens and dots that people put between its halves."""
    return "".join(each for each in typed.upper() if each.isascii() and each.isalnum())


def shown(code: str) -> str:
    """A code as it is read out: "K7M 4QX"."""
    return f"{code[:3]} {code[3:]}"


def workshop_with_code(request: HttpRequest, typed: str) -> Workshop:
    """The open room with this code. Raises RefusedError for a wrong one, and TooOftenError after many of them.

    Only misses count, so that thirty people behind one address come in at once. Where there were too many, right codes
    are refused for a minute as well, or guessing would go on; the link behind the QR code works all the time.
    """
    network, code = network_of(request), normalised(typed)
    throttle.check_free("room code", network)
    throttle.check_free("room code", EVERYBODY)
    found = _behind(code=code)
    if found is not None and is_open(found):
        return found
    if len(code) == CODE_LENGTH:
        _note_miss(network)
    raise RefusedError(_wrong(typed, code))


def _note_miss(network: str) -> None:
    for who, most in ((network, MISSES), (EVERYBODY, ALL_MISSES)):
        if throttle.count_try("room miss", who, within=MINUTE).count > most:
            throttle.forget("room miss", who)
            throttle.block("room code", who, MINUTE)
            if who == EVERYBODY:
                log.warning(
                    "More than %s wrong workshop codes within a minute: somebody may be guessing. "
                    "No code is taken for a minute; the links behind QR codes work.",
                    ALL_MISSES,
                )
            raise throttle.TooOftenError(timezone.now() + MINUTE)


def _wrong(typed: str, code: str) -> str:
    if not code:
        return gettext("Enter the code that is on the screen")
    if len(code) != CODE_LENGTH:
        words = {"typed": typed.strip()[:20], "found": len(code), "length": CODE_LENGTH}
        return gettext("“%(typed)s” has %(found)s characters; a code has %(length)s") % words
    words = {"code": shown(code)}
    return (
        gettext("No open room has the code %(code)s: look at the screen once more, it may have changed")
        % words
    )


def workshop_behind(secret: str) -> Workshop:
    """The open room to which a join link leads. Raises Http404 for wrong, replaced and old ones alike."""
    found = _behind(join_digest=digest_of(secret)) if len(secret) == JOIN_LENGTH else None
    if found is None or not is_open(found):
        raise Http404
    return found


def staged(secret: str) -> Workshop:
    """The room that a screen shows, until 12 hours after its end or the last thing done. Raises ClosedScreenError."""
    found = _behind(stage_digest=digest_of(secret)) if len(secret) == TOKEN_LENGTH else None
    if found is None or timezone.now() - (found.ended or found.active) > IDLE:
        raise ClosedScreenError
    return found


def _behind(**which: str) -> Workshop | None:
    found = Workshop.objects.filter(**which, assessment__binned__isnull=True)
    return found.select_related("assessment__client__workspace").first()


# --- Coming in ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Joined:
    """A phone that has come in, and the secret by which it comes back."""

    participant: Participant
    secret: str


def join(*, request: HttpRequest, workshop: Workshop, role: str = "") -> Joined:
    """Let this phone in: as the one it was before, or as a new one. Whoever comes to a locked room waits outside.

    Raises RefusedError where the room is full, the phone was taken out or the role is none, and EndedError.
    """
    if workshop.asks_roles and role and role not in dict(roles_of(workshop)):
        raise RefusedError(gettext("Select what you do, or leave it open"))
    secret = secret_of(request)
    digest = phone_digest(secret, workshop)
    with transaction.atomic():
        fresh = Workshop.objects.select_for_update().get(pk=workshop.pk)
        if not is_open(fresh):
            raise EndedError
        found = fresh.participants.filter(digest=digest).first()
        if found is not None and found.removed:
            raise RefusedError(gettext("A facilitator has taken this phone out of the room."))
        if found is None:
            if fresh.participants.filter(removed=False).count() >= MOST:
                raise RefusedError(
                    gettext("%(most)s phones are in this room already, and it takes no more.")
                    % {"most": MOST}
                )
            number = (fresh.participants.aggregate(last=Max("number"))["last"] or 0) + 1
            found = Participant.objects.create(
                workshop=fresh,
                digest=digest,
                number=number,
                role=role if fresh.asks_roles else "",
                admitted=not fresh.locked,
            )
    fresh_rooms.look_again(workshop.public_id)
    return Joined(found, secret)


def secret_of(request: HttpRequest) -> str:
    """What this phone has got before, or a new secret for it."""
    known = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
    return known if len(known) == TOKEN_LENGTH else secrets.token_urlsafe(SECRET_BYTES)


def remember(response: HttpResponse, secret: str) -> None:
    """Give the phone its secret, with which it comes back as the same one after sleep, reload and bad reception."""
    response.set_cookie(
        settings.PHONE_COOKIE_NAME,
        secret,
        max_age=timedelta(days=COOKIE_DAYS),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def phone_in(request: HttpRequest, workshop: Workshop) -> Participant | None:
    """This phone, if it is in the room or waits outside. One query, none without its cookie."""
    secret = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
    if len(secret) != TOKEN_LENGTH:
        return None
    found = phone_with(phone_digest(secret, workshop))
    if found is not None:
        found.workshop = workshop
    return found


def phone_digest(secret: str, workshop: Workshop) -> str:
    """What is stored of a phone's secret: another fingerprint in every room."""
    return digest_of(f"{workshop.public_id}:{secret}")


def roles_of(workshop: Workshop) -> tuple[tuple[str, str], ...]:
    """The roles to choose from: id and title."""
    return roles_in(edition(workshop.assessment.edition))


# --- Who is in ------------------------------------------------------------------------------------------------------------


def set_lock(*, workshop: Workshop, by: int | None, lock: bool, request: HttpRequest | None = None) -> None:
    """Lock the room, or unlock it and let everybody in who waits. Raises EndedError."""
    with changing(workshop, by, "lock" if lock else "unlock") as fresh:
        fresh.locked = lock
        if not lock:
            fresh.participants.filter(admitted=False).update(admitted=True)
        audit.note_work(request, "workshop.locked" if lock else "workshop.unlocked", fresh.assessment)


def admit_all(*, workshop: Workshop, by: int | None) -> None:
    """Let in who waits outside; the room stays locked. Raises EndedError."""
    with changing(workshop, by, "admit") as fresh:
        fresh.participants.filter(admitted=False).update(admitted=True)


def remove(*, workshop: Workshop, by: int | None, number: int, request: HttpRequest | None = None) -> None:
    """Take one phone out, and its vote with it where nobody has seen that yet. Raises EndedError."""
    with changing(workshop, by, "remove") as fresh:
        found = fresh.participants.select_for_update().filter(number=number, removed=False).first()
        if found is not None:
            found.votes.exclude(round__state="revealed").delete()
            found.removed = True
            found.save(update_fields=["removed"])
            audit.note_work(request, "workshop.phone_removed", fresh.assessment)


def expect(*, workshop: Workshop, by: int | None, people: str) -> None:
    """How many votes are waited for, as typed; empty for everybody who is in. Raises RefusedError and EndedError."""
    typed = people.strip()
    if typed and not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= MOST):
        words = {"typed": typed[:20], "most": MOST}
        raise RefusedError(
            gettext("“%(typed)s” votes cannot be expected: enter 1 to %(most)s, or nothing") % words
        )
    with changing(workshop, by, "expect") as fresh:
        fresh.expected = int(typed) if typed else None


def ask_roles(*, workshop: Workshop, by: int | None, asks: bool) -> None:
    """Whether newcomers are asked what they do. Raises EndedError."""
    with changing(workshop, by, "roles") as fresh:
        fresh.asks_roles = asks


def darken(*, workshop: Workshop, by: int | None, dark: bool) -> None:
    """A dark or a light screen. It works after the end too."""
    with changing(workshop, by, "ground", over=True) as fresh:
        fresh.dark = dark
