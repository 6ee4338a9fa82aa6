"""What the report says of a room: how far votes ran, where it was apart, and what it noted."""

import pytest
from django.utils import timezone

from assessments.models import Survey, Workshop
from assessments.surveys import open_survey
from assessments.tallying import counted_in
from assessments.workshop import rounds
from reports.exports.markdown import to_markdown
from reports.printing import paper
from reports.telling import whole_report_of
from tests.assessments.workshop.conftest import Facilitated, open_a_room
from tests.factories import ClientFactory, answered_like


@pytest.fixture
def held(db: None) -> Facilitated:
    """Four voted on two questions: on one they are in two camps, on the other all within one step, with something left open."""
    assessment = answered_like("tallis-software", "Tallis Software")
    assessment.client = ClientFactory(name="Tallis Software")
    assessment.save()
    room = open_a_room(assessment)
    for question, values in (("dv_ci", "0044"), ("do_tst", "1122")):
        room.act("show", question=question)
        room.act("open")
        room.voted(values)
        room.act("reveal")
    room.act("agree", value="2")
    note, shown = "How the other site tests.", True
    rounds.note_down(workshop=room.now, question="do_tst", note=note, shown=shown, seen="")
    rounds.note_down(workshop=room.now, question="dv_ci", note="For us alone.", shown=False, seen="")
    return room


def test_page_paper_and_markdown_say_where_the_room_was_apart(held: Facilitated) -> None:
    report = whole_report_of(held.now.assessment)
    voices = report.page.voices
    assert voices is not None
    assert voices.heading == "People were far apart on one question"
    assert voices.note.startswith("Four people voted in a workshop on ")
    split, noted = voices.rows
    assert (split.word, split.says) == (
        "Split into two camps",
        "votes run from 0 to 4, and nothing is agreed yet",
    )
    assert (noted.says, noted.dissent) == ("votes run from 1 to 2", "How the other site tests.")
    for told in (paper(report.page), to_markdown(report.page).decode()):
        assert "votes run from 0 to 4" in told
        assert "How the other site tests." in told
        assert "For us alone." not in told


def test_a_vote_in_a_room_takes_the_place_of_what_people_said_alone(held: Facilitated) -> None:
    assessment = held.now.assessment
    survey = open_survey(request=None, assessment=assessment)
    for question, counts in (("dv_ci", {"3": 9}), ("dv_cd", {"0": 5, "4": 5})):
        survey.tallies.create(question=question, counts=counts)
    Survey.objects.update(closed=timezone.now(), counted=timezone.now(), people=10)
    counted = counted_in(assessment)
    assert counted is not None
    assert (counted.way, counted.people, counted.alone) == ("room", 4, 10)
    votes = {each.question.id: each.votes.counts for each in counted.results}
    assert votes == {"dv_cd": (5, 0, 0, 0, 5), "dv_ci": (2, 0, 0, 0, 2), "do_tst": (0, 2, 2, 0, 0)}


def test_how_many_voted_in_the_room_and_how_many_answered_alone_is_told_apart(held: Facilitated) -> None:
    assessment = held.now.assessment
    survey = open_survey(request=None, assessment=assessment)
    survey.tallies.create(question="dv_cd", counts={"0": 5, "4": 5})
    Survey.objects.update(closed=timezone.now(), counted=timezone.now(), people=10)
    report = whole_report_of(assessment)
    assert report.page.voices is not None
    note = report.page.voices.note
    assert note.startswith("Four people voted in a workshop on ")
    assert "ten had answered separately before" in note
    for told in (paper(report.page), to_markdown(report.page).decode()):
        assert note in told
    survey.tallies.update(question="dv_ci")
    voices = whole_report_of(assessment).page.voices
    assert voices is not None
    assert "separately" not in voices.note, "the room has voted on all of it"


def test_a_room_that_never_voted_prints_what_it_noted(held: Facilitated) -> None:
    Workshop.objects.get().rounds.all().delete()
    voices = whole_report_of(held.now.assessment).page.voices
    assert voices is not None
    assert voices.heading == "What remained open"
    assert voices.note.startswith("A workshop on ")
    assert [each.dissent for each in voices.rows] == ["How the other site tests."]
    Workshop.objects.get().agreements.all().delete()
    assert whole_report_of(held.now.assessment).page.voices is None


def test_a_note_on_a_question_without_a_vote_is_printed_too(held: Facilitated) -> None:
    note = "Nobody from operations was there."
    rounds.note_down(workshop=held.now, question="dv_obs", note=note, shown=True, seen="")
    voices = whole_report_of(held.now.assessment).page.voices
    assert voices is not None
    last = voices.rows[-1]
    assert (last.word, last.says, last.dissent) == ("Not voted on", "", note)
