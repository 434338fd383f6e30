"""The kinds of long work, each with the function that does it."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler import carrying, drawing, fetching, importing_work, scrubbing
from scheduler.worker import Do
from services import extracting, forgetting, importing, keeping, picturing

KINDS: Mapping[str, Do] = {
    keeping.FETCH: fetching.fetch,
    importing.WORK: importing_work.advance,
    forgetting.SCRUB: scrubbing.scrub,
    picturing.DRAW: drawing.draw,
    extracting.EXTRACT: carrying.extract,
    extracting.ARCHIVE: carrying.archive,
}
