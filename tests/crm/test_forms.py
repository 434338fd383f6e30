"""The form engine: what people do in a form, and what must never happen to them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crm import forms
from crm.form_types import (
    Answer,
    ChoicePressed,
    ContactShared,
    FileSent,
    Input,
    LocationShared,
    Pressed,
    State,
    TextInput,
    Unexpected,
)
from tests.crm.form_examples import BOOKING, EVERYTHING, HERE, NOON, STRANGER, Talk, form, photo

GOOD: dict[str, tuple[Input | str, ...]] = {
    "words": ("Добрый день",),
    "phone": (ContactShared("380671234567", own=True),),
    "email": ("anna@gmail.com",),
    "one": ("второй",),
    "many": ("икс, зет",),
    "amount": ("7,5",),
    "day": ("завтра",),
    "hour": ("15:30",),
    "moment": ("завтра в 15:30",),
    "photos": (photo(1), Pressed("done")),
    "place": (LocationShared(50.45, 30.52),),
    "rules": (Pressed("agree"),),
    "birthday": ("12.05.1990",),
    "news": (Pressed("decline"),),
    "passport": (photo(50),),
    "price": ("1000,00",),
    "pets": ("нет",),
    "born": ("29 февраля",),
}
CONTENTS: dict[str, Input] = {
    "words": TextInput("…"),
    "long words": TextInput("а" * 4096),
    "sticker": Unexpected("sticker"),
    "voice": FileSent("v", "v", "voice"),
    "video note": FileSent("n", "n", "video_note"),
    "poll": Unexpected("poll"),
    "dice": Unexpected("dice"),
    "edited message": Unexpected("edited"),
    "command": Unexpected("command"),
    "own contact": ContactShared("12", own=True),
    "another's contact": ContactShared("34", own=False),
    "nowhere": LocationShared(1000.0, 0.0),
    "place": LocationShared(1.0, 1.0),
    "stale option": ChoicePressed("a", 0, -1),
    "unknown option": ChoicePressed("нет такого", 0, 1),
    "stale button": Pressed("confirm", turn=-1),
    "confirm": Pressed("confirm"),
    "edit": Pressed("edit", step=0),
    "keep": Pressed("keep"),
}
RIGHT = {
    ("place", "place"),
    ("photos", "voice"),
    ("photos", "video note"),
    ("passport", "voice"),
    ("passport", "video note"),
}


def everything() -> Talk:
    return Talk(form(EVERYTHING))


def to(talk: Talk, field: str) -> Talk:
    """Forward with good answers until a field is asked for."""
    while talk.field != field:
        talk.says(*GOOD[talk.field])
    return talk


def filled() -> Talk:
    """At the summary of a booking."""
    talk = Talk(form(BOOKING))
    talk.says("стрижка", "завтра в 15:30", "анна", "067 123 45 67", "нет")
    assert talk.last.kind == "summary"
    return talk


def test_a_form_is_filled_from_the_first_question_to_the_confirmation() -> None:
    talk = Talk(form(BOOKING))
    assert talk.says("стрижка").kind == "ask"
    talk.says("завтра в 15:30", "анна", ContactShared("380671234567", own=True))
    assert talk.last.accepted is not None
    assert talk.last.accepted[1] == Answer("+380671234567", verified=True)
    summary = talk.says(Pressed("skip")).summary
    assert summary is not None
    assert [line.step.field for line in summary.lines] == ["service", "visit_at", "name", "phone", "comment"]
    done = talk.says(Pressed("confirm"))
    assert done.kind == "finished"
    assert done.answers is not None
    assert {field: answer.value for field, answer in done.answers.items()} == {
        "service": "cut",
        "visit_at": "2026-11-22T13:30+00:00",
        "name": "Анна",
        "phone": "+380671234567",
    }


def test_every_type_of_question_takes_its_answer() -> None:
    talk = everything()
    while talk.last.kind != "summary":
        talk.says(*GOOD[talk.field])
    answers = talk.answers()
    assert set(answers) == set(GOOD)
    assert answers["many"] == ["x", "z"]
    assert answers["amount"] == 7.5
    assert answers["hour"] == "15:30"
    assert answers["birthday"] == "1990-05-12"
    assert answers["rules"] is True
    assert answers["news"] is False
    assert answers["price"] == 1000
    assert answers["pets"] is False
    assert answers["born"] == "--02-29"
    assert json.loads(json.dumps(talk.state.to_json())) == talk.state.to_json()


@pytest.mark.parametrize("field", list(GOOD))
@pytest.mark.parametrize("content", list(CONTENTS))
def test_whatever_comes_to_a_question_keeps_it_and_is_answered(field: str, content: str) -> None:
    talk = to(everything(), field)
    before = talk.answers()
    outcome = talk.says(CONTENTS[content])
    if (field, content) in RIGHT or (field, content) == ("words", "words"):
        return
    assert outcome.kind in ("reask", "stale")
    assert talk.field == field
    assert talk.answers() == before
    assert outcome.kind == "stale" or talk.reason in forms.REASONS


def test_a_strangers_contact_is_never_a_verified_phone() -> None:
    talk = to(everything(), "phone")
    talk.says(ContactShared("+380671234567", own=False))
    assert talk.state.answers["phone"] == Answer("+380671234567", verified=False)


def test_a_branch_is_asked_only_where_it_leads() -> None:
    talk = Talk(form(BOOKING))
    talk.says("другое")
    assert talk.field == "wish"
    assert talk.last.prompt is not None
    assert (talk.last.prompt.number, talk.last.prompt.total) == (2, 6)
    talk.says(Pressed("back"), "стрижка")
    assert talk.field == "visit_at"


def test_editing_an_answer_drops_what_its_branch_asked_and_asks_what_the_new_one_does() -> None:
    talk = filled()
    talk.says(Pressed("edit", step=0), "другое")
    assert talk.field == "wish"
    talk.says("Причёска на свадьбу")
    assert talk.last.kind == "summary"
    assert talk.answers()["phone"] == "+380671234567"
    talk.says(Pressed("edit", step=0), "стрижка")
    assert talk.last.kind == "summary"
    assert "wish" not in talk.answers()


def test_going_back_keeps_the_answer_and_offers_it() -> None:
    talk = Talk(form(BOOKING))
    talk.says("стрижка", Pressed("back"))
    assert talk.field == "service"
    assert talk.last.prompt is not None
    assert talk.last.prompt.offer == Answer("cut")
    talk.says(Pressed("keep"))
    assert talk.field == "visit_at"


@pytest.mark.parametrize("step", [0, 2, 5])
def test_back_from_what_was_opened_at_the_summary_leads_to_the_summary(step: int) -> None:
    """Not to the question before it: nothing was asked of that one. The answer stays, the first question's too."""
    talk = filled()
    before = talk.answers()
    asked = talk.says(Pressed("edit", step=step)).prompt
    assert asked is not None
    assert asked.can_back
    assert talk.says("назад").kind == "summary"
    assert talk.answers() == before
    assert talk.says(Pressed("confirm")).kind == "finished"


def test_back_from_a_question_that_an_edit_opened_leads_to_the_edited_one() -> None:
    talk = filled()
    talk.says(Pressed("edit", step=0), "другое", "назад")
    assert talk.field == "service"
    talk.says("стрижка")
    assert talk.last.kind == "summary"


def test_there_is_no_way_back_from_the_first_question() -> None:
    talk = Talk(form(BOOKING))
    assert talk.last.prompt is not None
    assert not talk.last.prompt.can_back
    assert talk.says("назад").kind == "reask"
    assert talk.reason == "no-back"


def test_what_the_card_knows_is_offered_kept_by_one_tap_or_changed() -> None:
    talk = Talk(form(BOOKING), replace(HERE, known={"phone": "+380671234567", "name": "Анна"}))
    talk.says("стрижка", "завтра в 15:30")
    assert talk.last.prompt is not None
    assert talk.last.prompt.offer == Answer("Анна")
    talk.says("да")
    assert talk.field == "phone"
    assert talk.last.prompt.keyboard is None
    talk.says(Pressed("change"))
    assert talk.last.prompt is not None
    assert talk.last.prompt.offer is None
    assert talk.last.prompt.keyboard == "contact"
    talk.says("050 111 22 33")
    assert talk.answers()["phone"] == "+380501112233"


def test_an_old_value_of_the_card_that_is_no_option_any_more_is_not_offered() -> None:
    talk = Talk(form(BOOKING), replace(HERE, known={"service": "massage"}))
    assert talk.last.prompt is not None
    assert talk.last.prompt.offer is None


def test_words_that_answer_are_not_taken_for_buttons() -> None:
    talk = to(everything(), "words")
    talk.says("нет")
    assert talk.answers()["words"] == "нет"


def test_only_an_optional_question_can_be_skipped() -> None:
    talk = Talk(form(BOOKING))
    talk.says("пропустить")
    assert talk.field == "service"
    assert talk.reason == "not-optional"


def test_consent_comes_before_the_first_personal_question_and_nothing_personal_is_kept_before_it() -> None:
    talk = Talk(form(BOOKING), STRANGER)
    talk.says("стрижка")
    talk.says("завтра в 15:30")
    assert talk.last.prompt is not None
    assert talk.last.prompt.kind == "consent"
    talk.says("Анна, 067 123 45 67")
    assert talk.reason == "consent-choose"
    assert "067" not in json.dumps(talk.state.to_json(), ensure_ascii=False)
    agreed = talk.says(Pressed("agree"))
    assert agreed.consent is True
    assert talk.field == "name"


def test_who_refuses_consent_is_served_without_the_personal_questions() -> None:
    talk = Talk(form(BOOKING), STRANGER)
    talk.says("стрижка", "завтра в 15:30")
    assert talk.says("нет").consent is False
    assert talk.field == "comment"
    summary = talk.says("Буду с собакой").summary
    assert summary is not None
    assert summary.anonymous
    assert [line.step.field for line in summary.lines] == ["service", "visit_at", "comment"]
    talk.says(Pressed("agree"))
    assert talk.field == "name"


def test_what_the_card_knows_is_not_shown_before_consent() -> None:
    talk = Talk(form(BOOKING), replace(STRANGER, known={"name": "Анна"}))
    talk.says("стрижка", "завтра в 15:30")
    assert talk.last.prompt is not None
    assert talk.last.prompt.offer is None


def test_a_date_in_doubt_is_asked_with_buttons() -> None:
    talk = Talk(form(BOOKING))
    outcome = talk.says("стрижка", "завтра в 8")
    assert outcome.prompt is not None
    assert outcome.prompt.doubts == ("2026-11-22T06:00+00:00", "2026-11-22T18:00+00:00")
    talk.presses("1")
    assert talk.answers()["visit_at"] == "2026-11-22T18:00+00:00"


def test_a_choice_of_a_doubt_that_passed_while_it_waited_is_not_taken() -> None:
    talk = Talk(form(BOOKING))
    talk.says("стрижка", "завтра в 8")
    talk.situation = replace(HERE, now=NOON + timedelta(days=3))
    talk.presses("1")
    assert talk.reason == "date-past"
    assert talk.field == "visit_at"


def test_a_day_alone_is_kept_while_the_hour_is_asked() -> None:
    talk = Talk(form(BOOKING))
    talk.says("стрижка", "завтра")
    assert talk.reason == "time-missing"
    talk.says("15:30")
    assert talk.answers()["visit_at"] == "2026-11-22T13:30+00:00"


def test_a_moment_that_passed_before_the_confirmation_is_asked_again() -> None:
    talk = filled()
    talk.situation = replace(HERE, now=NOON + timedelta(days=2))
    assert talk.says(Pressed("confirm")).kind == "reask"
    assert talk.reason == "date-past"
    assert talk.field == "visit_at"
    talk.says("завтра в 15:30", Pressed("confirm"))
    assert talk.last.kind == "finished"


def test_options_are_ticked_and_unticked_until_done() -> None:
    talk = to(everything(), "many")
    assert talk.presses("y").kind == "collected"
    talk.presses("x")
    talk.presses("y")
    talk.presses("z")
    assert talk.last.prompt is not None
    assert talk.last.prompt.selected == {"x", "z"}
    talk.says("готово")
    assert talk.answers()["many"] == ["x", "z"]


def test_too_few_or_too_many_options_say_how_many() -> None:
    talk = to(everything(), "many")
    talk.says(Pressed("done"))
    assert talk.reason == "choices-few"
    for option in "xyz":
        talk.presses(option)
    talk.says(Pressed("done"))
    assert talk.reason == "choices-many"
    assert talk.last.reason is not None
    assert talk.last.reason.params["max"] == 2


def test_an_album_of_ten_is_ten_files_even_if_done_overtakes_the_last_of_them() -> None:
    talk = to(everything(), "photos")
    talk.says(*(photo(number, album="album") for number in range(7)))
    assert talk.last.prompt is not None
    assert talk.last.prompt.files == 7
    talk.says(Pressed("done"))
    assert talk.field == "place"
    talk.says(*(photo(number, album="album") for number in range(7, 10)))
    assert talk.last.kind == "collected"
    assert len(talk.answers()["photos"]) == 10
    talk.says(photo(99, album="album"))
    assert len(talk.answers()["photos"]) == 10


def test_the_same_file_twice_is_one_file_and_the_eleventh_is_refused() -> None:
    talk = to(everything(), "photos")
    talk.says(photo(0), photo(0))
    assert talk.last.prompt is not None
    assert talk.last.prompt.files == 1
    talk.says(*(photo(number) for number in range(1, 11)))
    assert talk.reason == "files-many"


def test_an_old_button_changes_nothing_and_shows_where_the_person_is() -> None:
    talk = Talk(form(BOOKING))
    old = ChoicePressed("colour", 0, talk.state.turn)
    talk.says("стрижка")
    outcome = talk.says(old)
    assert outcome.kind == "stale"
    assert talk.field == "visit_at"
    assert talk.answers()["service"] == "cut"
    summary = filled()
    assert summary.says(old).summary is not None


def test_the_second_press_of_confirm_does_nothing() -> None:
    talk = filled()
    confirm = Pressed("confirm", turn=talk.state.turn)
    assert talk.says(confirm).kind == "finished"
    assert talk.says(confirm).kind == "nothing"
    assert talk.says("ещё раз").kind == "nothing"


def test_a_cancelled_form_stays_cancelled() -> None:
    talk = Talk(form(BOOKING))
    assert talk.says("отмена").kind == "cancelled"
    assert talk.says("стрижка").kind == "nothing"


def test_a_form_is_resumed_at_its_question_with_its_buttons_still_good() -> None:
    talk = Talk(form(BOOKING))
    talk.says("стрижка")
    resumed = forms.resume(talk.form, State.from_json(talk.state.to_json()), HERE)
    assert resumed.kind == "ask"
    assert resumed.prompt is not None
    assert resumed.prompt.turn == talk.state.turn


def test_a_question_whose_branch_closed_meanwhile_gives_way_to_the_next() -> None:
    text = BOOKING.replace('when = "service:other"', 'when = "tag:vip"')
    talk = Talk(form(text), replace(HERE, contact={"tag": ["vip"]}))
    talk.says("стрижка")
    assert talk.field == "wish"
    talk.situation = HERE
    assert talk.says("Что-то").kind == "stale"
    assert talk.field == "visit_at"


def test_a_required_consent_cannot_be_declined_and_an_optional_one_can() -> None:
    talk = to(everything(), "rules")
    talk.says(Pressed("decline"))
    assert talk.reason == "consent-needed"
    talk.says("да")
    assert talk.answers()["rules"] is True


TEXTS = st.sampled_from(
    ["да", "нет", "назад", "пропустить", "готово", "Анна", "067 123 45 67", "anna@gmail.com", "первый", "второй", "икс", "5",
     "1,234", "завтра", "завтра в 8", "завтра в 15:30", "15:30", "12.05.1990", "вчера", "…", "Хрещатик, 1", "\u200b", ""]
) | st.text(max_size=20)  # fmt: skip
VERBS: Any = st.sampled_from(["back", "skip", "done", "keep", "change", "agree", "decline", "edit", "confirm"])


class AnyTalk(RuleBasedStateMachine):
    """Whatever people do, in any order, after any kill."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Talk(form(EVERYTHING), STRANGER)

    def _says(self, given: Input) -> None:
        before, shown_before = self.talk.state, self._shown()
        outcome = self.talk.says(given)
        state = outcome.state
        assert outcome.kind == "nothing" or not before.over
        if outcome.reason is not None:
            assert outcome.reason.reason in forms.REASONS
        here = before.place == "step" and self.talk.form.steps[before.step].field
        for field, kept in before.answers.items():
            if field == here or field not in shown_before or field not in self._shown():
                continue
            late_album = isinstance(given, FileSent)
            dated = outcome.reason is not None and outcome.reason.reason == "date-past"
            assert state.answers.get(field) == kept or late_album or dated, f"{field} was lost"

    def _shown(self) -> set[str]:
        indexes = forms.visible(self.talk.form, self.talk.state, self.talk.situation)
        return {self.talk.form.steps[index].field for index in indexes}

    @rule(text=TEXTS)
    def writes(self, text: str) -> None:
        if text != "отмена":
            self._says(TextInput(text))

    @rule(verb=VERBS, fresh=st.booleans(), step=st.integers(-1, 16))
    def presses(self, verb: Any, fresh: bool, step: int) -> None:
        if verb == "confirm" and self.talk.state.place == "summary":
            return  # the end is tried by `can_end`
        self._says(Pressed(verb, self.talk.state.turn if fresh else None, step))

    @rule(option=st.sampled_from(["a", "b", "x", "y", "z", "0", "1", "9"]), late=st.booleans())
    def chooses(self, option: str, late: bool) -> None:
        self._says(ChoicePressed(option, self.talk.state.step, self.talk.state.turn - late))

    @rule(own=st.booleans(), phone=st.sampled_from(["380671234567", "+79161234567", "1"]))
    def shares_a_contact(self, own: bool, phone: str) -> None:
        self._says(ContactShared(phone, own))

    @rule(number=st.integers(0, 12), album=st.sampled_from([None, "one", "two"]))
    def sends_a_file(self, number: int, album: str | None) -> None:
        self._says(photo(number, album))

    @rule(lat=st.floats(-100, 100))
    def shares_a_place(self, lat: float) -> None:
        self._says(LocationShared(lat, 30.5))

    @rule(kind=st.sampled_from(["sticker", "poll", "edited", "command"]))
    def sends_something_else(self, kind: str) -> None:
        self._says(Unexpected(kind))

    @rule(hours=st.integers(1, 48))
    def waits(self, hours: int) -> None:
        self.talk.situation = replace(self.talk.situation, now=self.talk.situation.now + timedelta(hours=hours))

    @rule()
    def is_asked_again(self) -> None:
        outcome = forms.resume(self.talk.form, self.talk.state, self.talk.situation)
        assert outcome.kind in ("ask", "summary", "nothing")
        self.talk.last = outcome

    @precondition(lambda self: not self.talk.state.over)
    @rule()
    def can_end(self) -> None:
        """From anywhere good answers lead to the end, and cancel to the other end."""
        talk = Talk(self.talk.form, self.talk.situation)
        talk.last = self.talk.last
        assert talk.says(Pressed("cancel")).kind == "cancelled"
        talk.last = self.talk.last
        for _ in range(60):
            if talk.last.kind == "finished":
                return
            if talk.last.summary is not None:
                talk.says(Pressed("confirm"))
            elif talk.last.prompt is not None and talk.last.prompt.kind == "consent":
                talk.says(Pressed("agree"))
            elif talk.last.prompt is not None and talk.last.prompt.selected:
                for ticked in talk.last.prompt.selected:
                    talk.presses(ticked)
                talk.says(*GOOD[talk.field])
            else:
                talk.says(*GOOD[talk.field])
        raise AssertionError(f"no end from {talk.state}")

    @invariant()
    def shows_one_thing_and_keeps_nothing_personal_without_consent(self) -> None:
        last = self.talk.last
        assert (last.prompt is not None) + (last.summary is not None) == (not last.state.over)
        if not last.state.over and last.state.consent is not True:
            personal = {step.field for step in self.talk.form.steps if step.is_personal}
            assert not personal & set(last.state.answers)
        assert len(json.dumps(last.state.to_json())) < 20_000


AnyTalk.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestAnyTalk = AnyTalk.TestCase
