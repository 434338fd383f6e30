"""What must hold between the parts of a playbook: one id one thing, branches that look back, texts that fit.

Pure: mistakes are values with the path of the key, in English, because they are for whoever edits the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from crm import check_parts, form_checks, placeholders, policy_checks, profile, scenario_checks, survey_checks
from crm.check_parts import Mistake, Path
from crm.playbook import CONTACT_FIELDS, CardField, Playbook


def mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Every mistake of a playbook whose shape is right."""
    yield from _business(playbook)
    yield from _life_cycle(playbook)
    yield from check_parts.unique((("field", i), field.id) for i, field in enumerate(playbook.fields))
    yield from check_parts.unique((("pipeline", i), one.id) for i, one in enumerate(playbook.pipelines))
    yield from check_parts.unique((("form", i), form.id) for i, form in enumerate(playbook.forms))
    yield from check_parts.unique((("survey", i), survey.id) for i, survey in enumerate(playbook.surveys))
    for i, field in enumerate(playbook.fields):
        yield from _card_field(field, ("field", i))
    yield from check_parts.options(playbook.levels, ("level",))
    for i, pipeline in enumerate(playbook.pipelines):
        yield from check_parts.options(pipeline.lost_reasons, ("pipeline", i, "lost_reason"))
        yield from check_parts.title(pipeline.title, ("pipeline", i, "title"))
    for i, form in enumerate(playbook.forms):
        yield from form_checks.form(playbook, form, ("form", i))
    for i, survey in enumerate(playbook.surveys):
        yield from survey_checks.survey(playbook, survey, ("survey", i))
    yield from scenario_checks.mistakes(playbook)
    yield from policy_checks.mistakes(playbook)
    for i, tier in enumerate(playbook.loyalty.tiers if playbook.loyalty is not None else ()):
        yield from check_parts.title(tier.title, ("loyalty", "level", i, "title"))
    for key in ("greeting", "about", "privacy"):
        yield from check_parts.values_in(getattr(playbook.texts, key), ("texts", key), placeholders.ABOUT_PERSON)


def _business(playbook: Playbook) -> Iterator[Mistake]:
    business = playbook.business
    if len(set(business.languages)) < len(business.languages):
        yield Mistake(("business", "languages"), "a language is named twice")
    if business.timezone is not None and not _is_zone(business.timezone):
        yield Mistake(
            ("business", "timezone"), f"no time zone is called {business.timezone!r}", "Europe/Kyiv, for example"
        )
    for i, region in enumerate(business.phone_regions):
        if region not in _REGIONS and not _has_phones(region):
            suggestion = "UA for Ukraine, GB for the United Kingdom: the code of ISO 3166"
            yield Mistake(("business", "phone_regions", i), f"no country has the code {region!r}", suggestion)
    for key in ("name", "consent"):
        yield from check_parts.values_in(
            getattr(business, key), ("business", key), frozenset() if key == "name" else {"business"}
        )


def _life_cycle(playbook: Playbook) -> Iterator[Mistake]:
    rules = playbook.life_cycle
    if rules.repeat <= rules.active:
        yield Mistake(("life_cycle", "repeat"), "repeat is not more than active: nobody would be active")
    if rules.gone_after <= rules.sleeping_after:
        message = "gone_after is not more than sleeping_after: nobody would be sleeping"
        yield Mistake(("life_cycle", "gone_after"), message)


_REGIONS: Final = frozenset({"UA", "RU", "BY", "KZ", "MD", "GE", "PL", "DE", "CZ", "GB", "US"})
"""Right without asking the library of phone numbers, whose import is a tenth of what a check may cost."""


def _has_phones(region: str) -> bool:
    import phonenumbers  # here: see _REGIONS

    return region in phonenumbers.SUPPORTED_REGIONS


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        # ZoneInfoNotFoundError is a KeyError; a name such as ".." or "Europe" is one of these.
        return False
    except KeyError:
        return False
    return True


def _card_field(field: CardField, path: Path) -> Iterator[Mistake]:
    if field.id in CONTACT_FIELDS:
        yield Mistake(
            (*path, "id"), f"{field.id!r} is a field every contact has", "leave it out: it need not be declared"
        )
    yield from check_parts.reserved(field.id, (*path, "id"))
    if field.type in ("file", "consent"):
        yield Mistake((*path, "type"), f"a card has no fields of type {field.type}")
    if field.id == profile.BIRTHDAY and "type" in field.model_fields_set and field.type not in ("birthday", "date"):
        yield Mistake((*path, "type"), "a birthday is a day of the year", 'type = "birthday"')
    if not field.is_seen_by(field.edit):
        yield Mistake((*path, "edit"), f"a {field.edit} cannot change what only the {field.see} sees", 'edit = "owner"')
    yield from check_parts.title(field.title, (*path, "title"))
    whole = profile.overridden(field)
    yield from check_parts.choices(whole.type, whole.options, path)
