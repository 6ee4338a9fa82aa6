"""One of everything in one of the thousands that are stored, and the browsers of those who may open it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Count
from django.test import Client as Visitor
from django.utils import timezone

from assessments.access import READING_KEY, SESSION_KEY
from assessments.accounts.models import User
from assessments.links import digest_of, token_of
from assessments.models import (
    ApiToken,
    Assessment,
    Participant,
    Round,
    ShareLink,
    Survey,
    Workshop,
    Workspace,
)
from assessments.surveys import _token_of as survey_token
from assessments.workshop.joining import join_secret, phone_digest, stage_link
from tests.bench.browser import Browser
from tests.bench.copying import STEP
from tests.bench.questionnaire import all_of_them

PHONE_SECRET = "p" * 43


@dataclass(frozen=True)
class Target:
    """The copy with this number; 0 is the thousand that was copied. What opens something is made to fit, untimed."""

    application: Any
    copy: int
    place: int = 0
    """Which of twenty in it: where there is one copy only, not every look may go to the same assessment."""

    @cached_property
    def workspace(self) -> Workspace:
        """The largest of the three."""
        return Workspace.objects.get(pk=self._first(Workspace))

    @cached_property
    def owner(self) -> User:
        return self.workspace.memberships.get(role="owner").user

    @cached_property
    def theirs(self) -> Assessment:
        """A finished one of a client, with nothing special about it."""
        found = self._here(Assessment).filter(
            client__workspace=self.workspace,
            digest__complete=True,
            kept_by_client=False,
            archived=None,
            binned=None,
            survey=None,
            workshop=None,
        )
        return found.select_related("client").order_by("pk")[self.place]

    @cached_property
    def binned(self) -> Assessment:
        """One that was put into the bin a moment ago, and is deleted for good."""
        last = self._here(Assessment).filter(
            client__workspace=self.workspace, binned=None, survey=None, workshop=None
        )
        row = last.select_related("client").order_by("-pk")[0]
        row.binned = timezone.now()
        row.save(update_fields=["binned"])
        return row

    @cached_property
    def finished(self) -> Assessment:
        """A finished one of nobody's client."""
        return self._openable(self._alone(len(all_of_them())))

    @cached_property
    def begun(self) -> Assessment:
        """One of nobody's client that was left half-way."""
        return self._openable(self._alone(len(all_of_them()) // 2))

    @cached_property
    def begun_lately(self) -> Assessment:
        """One with six answers, to be deleted."""
        return self._openable(self._alone(6))

    @cached_property
    def share(self) -> tuple[ShareLink, str]:
        link = self._here(ShareLink).order_by("pk")[self.place]
        token = f"{self.copy:021}-{self.place:021}"
        ShareLink.objects.filter(pk=link.pk).update(digest=digest_of(token))
        return link, token

    @cached_property
    def survey(self) -> Survey:
        """One that is open."""
        found = self._here(Survey).select_related("assessment").get(closed=None)
        found.digest = digest_of(survey_token(found))
        found.save(update_fields=["digest"])
        return found

    @cached_property
    def room(self) -> Workshop:
        """One that is open, with a round that is."""
        found = self._here(Workshop).select_related("assessment").get(ended=None)
        found.join_digest = digest_of(join_secret(found))
        found.stage_digest = digest_of(stage_link(found).split("/")[2])
        found.save(update_fields=["join_digest", "stage_digest"])
        return found

    @cached_property
    def round(self) -> Round:
        return self.room.rounds.get(state="open")

    # --- Browsers -----------------------------------------------------------------------------------------------------

    @cached_property
    def client(self) -> Browser:
        """Of somebody who came by private links and by one to read."""
        session = SessionStore()
        session[SESSION_KEY] = {
            each.public_id: each.link_number for each in (self.finished, self.begun, self.begun_lately)
        }
        session[READING_KEY] = [self.share[0].public_id]
        session.save()
        return self._browser(sid=str(session.session_key))

    @cached_property
    def consultant(self) -> Browser:
        visitor = Visitor()
        visitor.force_login(self.owner)
        return self._browser(**{name: each.value for name, each in visitor.cookies.items()})

    @cached_property
    def phone(self) -> Browser:
        """Of somebody in the room."""
        first = self.room.participants.order_by("pk")[0]
        Participant.objects.filter(pk=first.pk).update(digest=phone_digest(PHONE_SECRET, self.room))
        return self._browser(p=PHONE_SECRET)

    @cached_property
    def program(self) -> Browser:
        key = f"gw_{self.copy:043}"
        ApiToken.objects.filter(workspace=self.workspace).update(digest=digest_of(key))
        browser = self._browser()
        browser.headers = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
        return browser

    @cached_property
    def stranger(self) -> Browser:
        return self._browser()

    def _browser(self, **cookies: str) -> Browser:
        browser = Browser(self.application)
        browser.cookies = cookies
        return browser

    # --- Which rows -----------------------------------------------------------------------------------------------------

    def _first(self, model: Any) -> int:
        return int(
            model.objects.filter(pk__lte=STEP).order_by("pk").values_list("pk", flat=True)[0]
            + self.copy * STEP
        )

    def _here(self, model: Any) -> Any:
        return model.objects.filter(pk__gt=self.copy * STEP, pk__lte=(self.copy + 1) * STEP)

    def _alone(self, answers: int) -> Assessment:
        """One of nobody's client with so many answers."""
        found = self._here(Assessment).filter(
            client=None, part_of=None, sample=None, handed_over=None, version__gte=1
        )
        found = found.annotate(many=Count("answers")).filter(many=answers)
        return found.order_by("pk")[self.place]

    def _openable(self, row: Assessment) -> Assessment:
        row.resume_digest = digest_of(token_of(row))
        row.save(update_fields=["resume_digest"])
        return row
