"""What must hold in `[policy]` and `[[topic]]`: a country whose days off somebody has written down, some day to work on, and
one name a topic."""

from __future__ import annotations

from collections.abc import Iterator

from crm import check_parts, working_days
from crm.check_parts import Mistake
from crm.playbook import Playbook


def mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Every mistake of the policy and the topics."""
    yield from check_parts.unique((("topic", i), topic.id) for i, topic in enumerate(playbook.topics))
    for i, topic in enumerate(playbook.topics):
        yield from check_parts.title(topic.title, ("topic", i, "title"))
    policy = playbook.policy
    if policy.holidays_off and policy.country is None:
        yield Mistake(("policy", "holidays_off"), "whose holidays? The country is missing", 'country = "PL"')
    elif policy.holidays_off and policy.country is not None and not _is_known(policy.country):
        suggestion = "a code of ISO 3166, with a part of the country if need be: PL, DE-BY"
        yield Mistake(("policy", "country"), f"no holidays are known of {policy.country!r}", suggestion)


def _is_known(country: str) -> bool:
    try:
        working_days.national(country)
    except NotImplementedError:
        return False
    return True
