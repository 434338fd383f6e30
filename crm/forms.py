"""The form engine: one input and a state in, the next state and what to ask out. No I/O, no clock.

Whatever comes, the step is kept until its answer is right, and accepted answers stay until the person changes them
or a branch that asked for them closes. Nothing personal enters the state before consent to processing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from crm import form_branches, form_reading, replies, values
from crm.form_types import (
    Answer,
    ChoicePressed,
    FileSent,
    Input,
    Kind,
    Line,
    Outcome,
    Pressed,
    Prompt,
    Situation,
    State,
    Summary,
    TextInput,
    Verb,
)
from crm.playbook import Form, Step
from crm.values import Accepted, Half, Refused, Unsure

REASONS: Final = values.REASONS | {
    "consent-choose", "consent-needed", "summary-choose", "not-optional", "no-back", "no-offer", "choose-button",
    "expected-text", "expected-phone", "expected-email", "expected-choice", "expected-choices", "expected-number",
    "expected-money", "expected-yes-no", "expected-birthday",
    "expected-date", "expected-time", "expected-datetime", "expected-file", "expected-location", "expected-consent",
}  # fmt: skip
"""Every reason a re-ask can have; each has its words, `reask-<reason>`, in every language."""

_TYPED: Final[dict[replies.Reply, Verb]] = {"back": "back", "skip": "skip", "done": "done", "cancel": "cancel"}


def start(form: Form, situation: Situation, *, playbook: str = "") -> Outcome:
    """The first question of a form; `playbook` is the hash of the version it belongs to."""
    return _onward(form, State(form=form.id, playbook=playbook, turn=0), situation)


def resume(form: Form, state: State, situation: Situation) -> Outcome:
    """The question (or summary) a person was at, for after a restart, a nudge or a changed language."""
    return _again(form, _settled(form, state, situation), situation, "ask")


def answer(form: Form, state: State, given: Input, situation: Situation) -> Outcome:
    """What an input leads to. Never raises on anything a person can do."""
    if state.over:
        return Outcome("nothing", state)
    here = _settled(form, state, situation)
    if here.turn != state.turn:
        # The branch this question stood in has closed meanwhile (the contact changed): ask what is right now.
        return _again(form, here, situation, "stale")
    if isinstance(given, FileSent) and given.album and _is_late(form, here, given):
        return _late_file(form, here, given, situation)
    if isinstance(given, TextInput):
        given = _meant(form, here, given, situation)
    if isinstance(given, Pressed):
        if given.turn is not None and given.turn != here.turn:
            return _again(form, here, situation, "stale")
        if given.verb == "cancel":
            return Outcome("cancelled", replace(here, place="cancelled", draft={}))
        if given.verb == "back":
            return _back(form, here, situation)
    elif isinstance(given, ChoicePressed) and (
        here.place != "step" or (given.step, given.turn) != (here.step, here.turn)
    ):
        return _again(form, here, situation, "stale")
    if here.place == "consent":
        return _at_gate(form, here, given, situation)
    if here.place == "summary":
        return _at_summary(form, here, given, situation)
    return _at_step(form, here, given, situation)


def cancel(form: Form, state: State, situation: Situation) -> Outcome:
    """The end of the form without a request, as /cancel typed."""
    return answer(form, state, Pressed("cancel"), situation)


def visible(form: Form, state: State, situation: Situation) -> list[int]:
    """The steps of the branch taken so far, in order, as indexes of `form.steps`."""
    kept: dict[str, object] = {}
    shown: list[int] = []
    for index, step in enumerate(form.steps):
        if step.is_personal and _refused(state, situation):
            continue
        if step.when is not None and not form_branches.holds(
            form, index, kept, situation.contact, now=situation.now, zone=situation.zone
        ):
            continue
        shown.append(index)
        if step.field in state.answers:
            kept[step.field] = state.answers[step.field].value
    return shown


# --- where a person goes next ---


def _agreed(state: State, situation: Situation) -> bool:
    return situation.consented or state.consent is True


def _refused(state: State, situation: Situation) -> bool:
    return not situation.consented and state.consent is False


def _pruned(form: Form, state: State, shown: list[int]) -> State:
    """Without the answers of questions that are no longer asked."""
    fields = {form.steps[index].field for index in shown}
    if fields.issuperset(state.answers) and fields.issuperset(state.skipped):
        return state
    answers = {field: kept for field, kept in state.answers.items() if field in fields}
    return replace(state, answers=answers, skipped=state.skipped & fields)


def _settled(form: Form, state: State, situation: Situation) -> State:
    """The same state, moved on if its question is no longer one of the branch."""
    if state.over or state.place == "summary":
        return state
    shown = visible(form, state, situation)
    if state.place == "step" and state.step in shown:
        step = form.steps[state.step]
        if not step.is_personal or _agreed(state, situation):
            return state
    elif state.place == "consent" and state.step in shown and not _agreed(state, situation):
        return state
    return _next(form, state, situation)


def _next(form: Form, state: State, situation: Situation) -> State:
    """At the first question without an answer, at the gate before it, or at the summary."""
    shown = visible(form, state, situation)
    state = replace(_pruned(form, state, shown), draft={}, turn=state.turn + 1, edited=False)
    for index in shown:
        step = form.steps[index]
        if step.field in state.answers or step.field in state.skipped:
            continue
        gate = step.is_personal and not _agreed(state, situation)
        return replace(state, place="consent" if gate else "step", step=index)
    return replace(state, place="summary", step=-1)


def _onward(
    form: Form,
    state: State,
    situation: Situation,
    *,
    accepted: tuple[Step, Answer] | None = None,
    consent: bool | None = None,
) -> Outcome:
    shown = _again(form, _next(form, state, situation), situation, "ask")
    return replace(shown, accepted=accepted, consent=consent)


def _again(form: Form, state: State, situation: Situation, kind: Kind, reason: Refused | None = None) -> Outcome:
    """Where the person is, shown (again)."""
    if state.over:
        return Outcome("nothing", state)
    if state.place == "summary":
        kind = "summary" if kind == "ask" else kind
        return Outcome(kind, state, summary=_summary(form, state, situation), reason=reason)
    return Outcome(kind, state, prompt=_prompt(form, state, situation), reason=reason)


def _go_to(form: Form, state: State, index: int, situation: Situation) -> Outcome:
    gate = form.steps[index].is_personal and not _agreed(state, situation)
    there = replace(state, place="consent" if gate else "step", step=index, turn=state.turn + 1, draft={})
    return _again(form, there, situation, "ask")


def _back(form: Form, state: State, situation: Situation) -> Outcome:
    if state.edited:
        # Back to the summary, with the answer as it was.
        return _onward(form, state, situation)
    before = _before(form, state, situation)
    if before is None:
        return _again(form, state, situation, "reask", Refused("no-back"))
    return _go_to(form, state, before, situation)


def _before(form: Form, state: State, situation: Situation) -> int | None:
    shown = visible(form, state, situation)
    earlier = shown if state.place == "summary" else [index for index in shown if index < state.step]
    return earlier[-1] if earlier else None


# --- what is shown ---


def _offer(state: State, step: Step, situation: Situation) -> Answer | None:
    """What one tap would keep: the answer given before, or what the card knows."""
    if state.draft:
        return None
    kept = state.answers.get(step.field)
    if kept is not None:
        return kept
    if not step.default_from_card or step.type in ("file", "consent"):
        return None
    value = situation.known.get(step.field)
    if value is None or value == "" or not form_reading.fits(step, value, situation):
        return None
    return Answer(value)


def _prompt(form: Form, state: State, situation: Situation) -> Prompt:
    can_back = state.edited or _before(form, state, situation) is not None
    shown = visible(form, state, situation)
    number, total = shown.index(state.step) + 1, len(shown)
    if state.place == "consent":
        return Prompt("consent", state.turn, index=state.step, number=number, total=total, can_back=can_back)
    step, draft = form.steps[state.step], state.draft
    offer = _offer(state, step, situation)
    files = draft.get("files", ())
    keyboard = step.type == "phone" and offer is None
    return Prompt(
        "step",
        state.turn,
        step=step,
        index=state.step,
        number=number,
        total=total,
        options=step.options,
        selected=frozenset(_ticked(state, step, offer)),
        offer=offer,
        doubts=tuple(draft.get("doubts", ())),
        missing=draft["half"]["missing"] if "half" in draft else None,
        files=len(files),
        can_back=can_back,
        can_skip=step.optional,
        can_done=bool(files) or step.type == "choices",
        keyboard="contact" if keyboard else "location" if step.type == "location" and offer is None else None,
    )


def _ticked(state: State, step: Step, offer: Answer | None) -> list[str]:
    if step.type != "choices":
        return []
    chosen: list[str] = list(state.draft.get("chosen", offer.value if offer else ()))
    return chosen


def _summary(form: Form, state: State, situation: Situation) -> Summary:
    lines = (
        Line(index, form.steps[index], state.answers.get(form.steps[index].field))
        for index in visible(form, state, situation)
    )
    return Summary(state.turn, tuple(lines), anonymous=_refused(state, situation))


# --- what is done with an input ---


def _meant(form: Form, state: State, given: TextInput, situation: Situation) -> Input:
    """The button a typed word stands for, where it can stand for nothing else."""
    reply = replies.read(given.text)
    if reply is None:
        return given
    if reply in _TYPED:
        return Pressed(_TYPED[reply])
    if state.place == "summary":
        return Pressed("confirm") if reply == "yes" else given
    if state.place == "consent":
        return Pressed("agree" if reply == "yes" else "decline")
    step = form.steps[state.step]
    if step.type in ("consent", "yes_no"):
        return Pressed("agree" if reply == "yes" else "decline")
    if _offer(state, step, situation) is not None:
        return Pressed("keep" if reply == "yes" else "change")
    if reply == "no" and step.optional:
        return Pressed("skip")
    return given


def _at_gate(form: Form, state: State, given: Input, situation: Situation) -> Outcome:
    if isinstance(given, Pressed) and given.verb in ("agree", "decline"):
        said = given.verb == "agree"
        return _onward(form, replace(state, consent=said), situation, consent=said)
    return _again(form, state, situation, "reask", Refused("consent-choose"))


def _at_summary(form: Form, state: State, given: Input, situation: Situation) -> Outcome:
    shown = visible(form, state, situation)
    if isinstance(given, Pressed) and given.verb == "edit" and given.step in shown:
        return _go_to(form, replace(state, edited=True), given.step, situation)
    if isinstance(given, Pressed) and given.verb == "agree" and _refused(state, situation):
        return _onward(form, replace(state, consent=True), situation, consent=True)
    if isinstance(given, Pressed) and given.verb == "confirm":
        return _confirmed(form, state, situation)
    return _again(form, state, situation, "reask", Refused("summary-choose"))


def _confirmed(form: Form, state: State, situation: Situation) -> Outcome:
    """The end, unless the world has moved: a question opened, a chosen day passed."""
    there = _next(form, state, situation)
    if there.place != "summary":
        return _again(form, there, situation, "ask")
    for line in _summary(form, state, situation).lines:
        kind = line.step.type
        if (
            line.answer is None
            or kind not in ("date", "datetime")
            or form_reading.fits(line.step, line.answer.value, situation)
        ):
            continue
        without = replace(state, answers={key: one for key, one in state.answers.items() if key != line.step.field})
        asked = _go_to(form, without, line.index, situation)
        return replace(asked, kind="reask", reason=Refused("date-past"))
    answers = {line.step.field: line.answer for line in _summary(form, there, situation).lines if line.answer}
    return Outcome("finished", replace(there, place="finished"), answers=answers)


def _at_step(form: Form, state: State, given: Input, situation: Situation) -> Outcome:
    step = form.steps[state.step]
    if isinstance(given, Pressed):
        if given.verb == "skip":
            if step.optional:
                return _onward(form, state.without_answer(step.field), situation)
            return _again(form, state, situation, "reask", Refused("not-optional"))
        if given.verb in ("keep", "change"):
            return _on_offer(form, state, given.verb, situation)
        if given.verb == "done" and step.type in ("choices", "file"):
            return _done(form, state, situation)
    if step.type == "choices" and isinstance(given, ChoicePressed):
        return _ticks(form, state, given.option, situation)
    if step.type == "file" and isinstance(given, FileSent):
        return _file(form, state, given, situation)
    read = form_reading.read(step, state.draft, given, situation)
    if isinstance(read, Accepted):
        return _accept(form, state, Answer(read.value, read.verified), situation)
    if isinstance(read, Unsure):
        asked = replace(state, draft={**state.draft, "doubts": list(read.choices)})
        return _again(form, asked, situation, "reask", Refused(read.reason))
    if isinstance(read, Half):
        asked = replace(state, draft={"half": asdict(read)})
        return _again(form, asked, situation, "reask", Refused(f"{read.missing}-missing"))
    return _again(form, state, situation, "reask", read)


def _accept(form: Form, state: State, kept: Answer, situation: Situation) -> Outcome:
    step = form.steps[state.step]
    return _onward(form, state.with_answer(step.field, kept), situation, accepted=(step, kept))


def _on_offer(form: Form, state: State, verb: Verb, situation: Situation) -> Outcome:
    step = form.steps[state.step]
    offer = _offer(state, step, situation)
    if offer is None:
        return _again(form, state, situation, "reask", Refused("no-offer"))
    if verb == "keep":
        return _accept(form, state, offer, situation)
    asked = replace(state, draft={"change": True})
    return _again(form, asked, situation, "ask")


# --- questions that gather: several options, several files ---


def _ticks(form: Form, state: State, option: str, situation: Situation) -> Outcome:
    step = form.steps[state.step]
    if step.option(option) is None:
        return _again(form, state, situation, "reask", Refused("choice-unknown"))
    before = _ticked(state, step, _offer(state, step, situation))
    chosen = [one for one in before if one != option] if option in before else [*before, option]
    order = [one.id for one in step.options if one.id in chosen]
    return _again(form, replace(state, draft={"chosen": order}), situation, "collected")


def _done(form: Form, state: State, situation: Situation) -> Outcome:
    step = form.steps[state.step]
    if step.type == "choices":
        gathered: list[Any] = _ticked(state, step, _offer(state, step, situation))
    else:
        offer = _offer(state, step, situation)
        gathered = list(state.draft.get("files", offer.value if offer else ()))
    if not gathered and step.optional:
        return _onward(form, state.without_answer(step.field), situation)
    wrong = form_reading.counted(step, len(gathered))
    if wrong is not None:
        return _again(form, state, situation, "reask", wrong)
    return _accept(form, state, Answer(gathered), situation)


def _file(form: Form, state: State, sent: FileSent, situation: Situation) -> Outcome:
    step = form.steps[state.step]
    files = list(state.draft.get("files", ()))
    if any(kept["unique_id"] == sent.unique_id for kept in files):
        return _again(form, state, situation, "collected")
    if len(files) >= form_reading.most(step):
        return _again(
            form,
            state,
            situation,
            "reask",
            Refused("files-many", {"max": form_reading.most(step), "count": len(files)}),
        )
    files.append(sent.kept())
    gathered = replace(state, draft={"files": files}, album=(sent.album, step.field) if sent.album else state.album)
    if not step.multiple:
        return _accept(form, gathered, Answer(files), situation)
    return _again(form, gathered, situation, "collected")


def _is_late(form: Form, state: State, sent: FileSent) -> bool:
    """Whether it belongs to an album whose question has been left: its files come one by one, "done" may overtake."""
    if state.album is None or state.album[0] != sent.album:
        return False
    return state.place != "step" or form.steps[state.step].field != state.album[1]


def _late_file(form: Form, state: State, sent: FileSent, situation: Situation) -> Outcome:
    field = state.album[1] if state.album else ""
    kept, step = state.answers.get(field), form.step(field)
    here = _again(form, state, situation, "collected")
    if kept is None or step is None or any(one["unique_id"] == sent.unique_id for one in kept.value):
        return here
    if len(kept.value) >= form_reading.most(step):
        return here
    answers: Mapping[str, Answer] = {**state.answers, field: Answer([*kept.value, sent.kept()])}
    return _again(form, replace(state, answers=answers), situation, "collected")
