"""Repeat contacts: campaigns and whom they are for, ways through scenarios, what was pressed, what a person prefers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import PERSONAL, Json, RowId, metadata
from storage.types import Moment

preferences = Table(
    "preferences",
    metadata,
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "quiet_from", SmallInteger, info=PERSONAL, comment="minutes of the local day; empty: the business's own hours"
    ),
    Column("quiet_until", SmallInteger, info=PERSONAL),
    Column("topics_off", Json, info=PERSONAL, comment="ids of the topics that are not wanted"),
    Column("fewer", SmallInteger, nullable=False, server_default="0", comment="each time halves what may come"),
    Column("paused_until", Moment, comment="nothing that nobody asked for before this"),
    Column("updated_at", Moment, nullable=False),
)

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(80), nullable=False),
    Column(
        "state",
        String(10),
        nullable=False,
        server_default="draft",
        comment="draft | planned | running | testing | paused | done | cancelled | recalling | recalled",
    ),
    Column("purpose", String(10), nullable=False, server_default="marketing", comment="service | survey | marketing"),
    Column("topic", String(24), comment="of the playbook: a person may refuse it"),
    Column("value", SmallInteger, nullable=False, server_default="0", comment="the higher takes the last free slot"),
    Column("aim", Text, comment="the segment, as it was asked for"),
    Column("content", Json, nullable=False, comment="the variants: words by language, attachments, buttons"),
    Column("options", Json, nullable=False, comment="control group, pace, local time, how the winner is found"),
    Column("counts", Json, comment="how many each condition left when it was planned"),
    Column("start_at", Moment, comment="empty: at once"),
    Column("decide_at", Moment, comment="when the test's winner is found"),
    Column("winner", String(8), comment="the variant that everybody else gets"),
    Column("repeat_of", BigInteger, comment="the campaign it repeats for those who did not press"),
    Column("chat_id", BigInteger, comment="where its progress is shown"),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("version", Integer, nullable=False, server_default="0", comment="compare-and-set"),
    Index("ix_campaigns_state", "state"),
    sqlite_autoincrement=True,
)

campaign_people = Table(
    "campaign_people",
    metadata,
    Column("campaign_id", ForeignKey("campaigns.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("key_number", BigInteger, comment="in its message's key: of a card that was merged into this one"),
    Column("variant", String(8), nullable=False, server_default=""),
    Column(
        "state",
        String(10),
        nullable=False,
        server_default="planned",
        comment="planned | waiting (for the winner) | queued | sent | failed | unknown | skipped | cancelled | control",
    ),
    Column("reason", String(40)),
    Column("due_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("pressed_at", Moment),
    Column("replied_at", Moment),
    Column("unsubscribed_at", Moment),
    Column("recalled_at", Moment),
    # What the feeder looks for: who is next.
    Index("ix_campaign_people_state", "campaign_id", "state", "due_at"),
    Index("ix_campaign_people_contact_id", "contact_id"),
)

journeys = Table(
    "journeys",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("scenario_id", String(24), nullable=False),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("occurrence", String(64), nullable=False, comment="what began it: the same one begins it once"),
    Column("playbook_hash", String(64), comment="of the version that planned its next step"),
    Column("state", String(8), nullable=False, comment="active | done | goal | left | spared | holdout"),
    Column("reason", String(40), comment="why it was left or spared"),
    Column("variant", String(24)),
    Column("step", SmallInteger, nullable=False, server_default="0", comment="the next one"),
    Column("next_at", Moment, comment="when the next step is due; empty: it is over"),
    Column("moment", Moment, nullable=False, comment="what the steps' waits are counted from"),
    Column("request_id", BigInteger, comment="of a visit or a request that began it"),
    Column("sent", SmallInteger, nullable=False, server_default="0"),
    Column("entered_at", Moment, nullable=False),
    Column("sent_at", Moment, comment="of the latest message"),
    Column("pressed_at", Moment),
    Column("answered_at", Moment),
    Column("goal_at", Moment),
    Column("ended_at", Moment),
    UniqueConstraint("scenario_id", "contact_id", "occurrence"),
    Index(
        "ix_journeys_next_at",
        "next_at",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
    Index("ix_journeys_scenario_id", "scenario_id", "state", "entered_at"),
    Index("ix_journeys_contact_id", "contact_id", "state"),
    sqlite_autoincrement=True,
)

scenario_states = Table(
    "scenario_states",
    metadata,
    Column("scenario_id", String(24), primary_key=True),
    Column("since", Moment, nullable=False, comment="what happened before it was written begins nothing"),
    Column("looked_at", Moment, comment="up to where its trigger was looked for"),
    Column("paused_at", Moment),
    Column("staff_id", ForeignKey("staff.id", ondelete="SET NULL")),
    Column("planned_hash", String(64), comment="SHA-256 of the scenario whose steps are planned"),
)

presses = Table(
    "presses",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", String(120), nullable=False, comment="the outbox row whose button it was"),
    Column("button", String(24), nullable=False),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("campaign_id", BigInteger),
    Column("journey_id", BigInteger),
    Column("at", Moment, nullable=False, comment="of the first press"),
    UniqueConstraint("key", "button"),
    Index("ix_presses_contact_id", "contact_id", "at"),
    Index("ix_presses_button", "button", "contact_id"),
    Index("ix_presses_campaign_id", "campaign_id", "button"),
)

visits = Table(
    "visits",
    metadata,
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False, comment="the answer to the form's step of date and time"),
    Column("field", String(24), nullable=False, comment="that step"),
    Column(
        "state", String(10), nullable=False, server_default="booked", comment="booked | confirmed | moving | cancelled"
    ),
    Column("updated_at", Moment, nullable=False),
    Index("ix_visits_at", "at"),
)

anonymous_answers = Table(
    "anonymous_answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("survey_id", String(24), nullable=False, index=True),
    Column("kind", String(4), nullable=False),
    Column("score", SmallInteger),
    Column("comment", Text),
    Column("answers", Json),
    # The day only: with the minute one could be told by when they wrote.
    Column("day", String(10), nullable=False, comment="YYYY-MM-DD in the business's zone"),
)

polls = Table(
    "polls",
    metadata,
    Column("poll_id", String(40), primary_key=True),
    Column("key", String(120), nullable=False, index=True, comment="the outbox row it was sent by"),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
)
