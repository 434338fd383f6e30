"""The schema: every table of Kartoteka, by what it is about.

Columns that hold something about a person say so with `info={"personal": True}`; export ("my data"), erasure and
the redaction of logs are driven by that mark, so a new personal column is covered from the day it is added.
Times are instants in UTC (`Moment`). Money is in minor units.
"""

from storage.tables.base import PERSONAL, Json, RowId, metadata
from storage.tables.changes import (
    change_rows,
    changes,
    claims,
    duplicate_pairs,
    exports,
    import_mappings,
    imports,
    merged_contacts,
    telegram_aliases,
)
from storage.tables.core import (
    consents,
    contact_points,
    contact_tags,
    contacts,
    conversations,
    events,
    facts,
    files,
    notes,
    playbooks,
    requests,
    staff,
    survey_answers,
    tags,
    tasks,
)
from storage.tables.groups import quality_counts, segment_counts, segment_members, segments
from storage.tables.repeat import (
    anonymous_answers,
    campaign_people,
    campaigns,
    journeys,
    polls,
    preferences,
    presses,
    scenario_states,
    visits,
)
from storage.tables.sales import contact_values, point_moves, purchases, relatives
from storage.tables.traffic import inbox, outbox, work

__all__ = [
    "PERSONAL",
    "Json",
    "RowId",
    "anonymous_answers",
    "campaign_people",
    "campaigns",
    "change_rows",
    "changes",
    "claims",
    "consents",
    "contact_points",
    "contact_tags",
    "contact_values",
    "contacts",
    "conversations",
    "duplicate_pairs",
    "events",
    "exports",
    "facts",
    "files",
    "import_mappings",
    "imports",
    "inbox",
    "journeys",
    "merged_contacts",
    "metadata",
    "notes",
    "outbox",
    "playbooks",
    "point_moves",
    "polls",
    "preferences",
    "presses",
    "purchases",
    "quality_counts",
    "relatives",
    "requests",
    "scenario_states",
    "segment_counts",
    "segment_members",
    "segments",
    "staff",
    "survey_answers",
    "tags",
    "tasks",
    "telegram_aliases",
    "visits",
    "work",
]
