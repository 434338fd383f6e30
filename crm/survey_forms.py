"""The owner's own questions of a survey as a form, so that they are asked, read and branched as every form's are."""

from __future__ import annotations

from typing import Final

from crm.playbook import Form, Playbook, Survey

PREFIX: Final = "survey:"
"""No form of an owner's has a colon in its id; what follows is the survey's key to one person."""


def survey_id(form_id: str) -> str | None:
    """The survey whose questions a form asks; None for a form that is no survey's."""
    return form_id.removeprefix(PREFIX).partition(":")[0] if form_id.startswith(PREFIX) else None


_forms: dict[tuple[str, str], Form] = {}


def form(playbook: Playbook, form_id: str) -> Form | None:
    """The form of own questions behind a survey's key; None for a survey without any. The same form every time while
    somebody fills it in: branches are remembered by it."""
    survey = playbook.survey(survey_id(form_id) or "")
    if survey is None or not survey.steps:
        return None
    if not playbook.hash:
        return made(playbook, survey, form_id)
    key = (playbook.hash, form_id)
    if key not in _forms:
        if len(_forms) > 500:
            _forms.clear()
        _forms[key] = made(playbook, survey, form_id)
    return _forms[key]


def made(playbook: Playbook, survey: Survey, form_id: str) -> Form:
    """The form itself."""
    steps = tuple(playbook.completed(step) for step in survey.steps)
    return Form.model_construct(id=form_id, title=survey.title or survey.ask, steps=steps)
