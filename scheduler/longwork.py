"""The kinds of long work, each with the function that does it and, where somebody waits for it, the one that says that it
could not be done."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler import (
    asking_work,
    bulk_work,
    campaign_files,
    carrying,
    drawing,
    fetching,
    importing_work,
    scrubbing,
    survey_files,
    survey_rounds,
    sweeps,
)
from scheduler.worker import Do, Kind
from services import (
    asking,
    bulk_changing,
    comparing,
    extracting,
    forgetting,
    importing,
    keeping,
    picturing,
    surveying_by_hand,
)

KINDS: Mapping[str, Do | Kind] = {
    keeping.FETCH: fetching.fetch,
    importing.WORK: Kind(importing_work.advance, importing_work.lost),
    forgetting.SCRUB: scrubbing.scrub,
    picturing.DRAW: drawing.draw,
    extracting.EXTRACT: carrying.extract,
    extracting.ARCHIVE: carrying.archive,
    extracting.ANSWERS: survey_files.write,
    picturing.DRAW_SURVEY: survey_files.draw,
    extracting.CAMPAIGN: campaign_files.write,
    picturing.DRAW_CAMPAIGN: campaign_files.draw,
    comparing.COMPARE: sweeps.compare,
    comparing.SWEEP: sweeps.sweep,
    bulk_changing.WORK: bulk_work.carry_on,
    asking.WORK: asking_work.ask,
    surveying_by_hand.WORK: survey_rounds.put_by_hand,
}
