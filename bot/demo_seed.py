"""A believable little base for the demo: requests in every stage, ratings, notes, tasks and what was said about them.

Made of the playbook in use, so a clinic's base has a clinic's requests. Times are relative to now; the same seed makes
the same base.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import demo_purchases
from bot.demo_answers import Answerer
from bot.demo_people import CUSTOMERS, JAMES, MANAGER, OWNER, Someone
from bot.demo_purchases import Buyer
from crm.playbook import Playbook
from locales import words_in
from services import handing_over, speaking
from storage import consents, contacts, events, requests, search, staff, tables, tags, tasks
from storage.engine import Database, Tx
from views.staff_names import Reader

SEED = 20261121

# How many requests of each stage; the first ones go to the people at the top of the list.
STAGES = ("new",) * 3 + ("taken",) * 4 + ("lost",) * 3 + ("withdrawn",) * 2 + ("spam",) + ("done",) * 24

ASKED = {
    "ru": ("Здравствуйте! Подскажите, пожалуйста, как быстро получится?", "А можно оплатить картой?"),
    "uk": ("Добрий день! Підкажіть, будь ласка, як швидко вийде?", "А можна оплатити карткою?"),
    "en": ("Hello! How soon could it be?", "Can I pay by card?"),
}
CITIES = {
    "ru": ("Киев", "Харьков", "Одесса"),
    "uk": ("Київ", "Київ", "Львів", "Одеса", "Бровари"),
    "en": ("Kyiv", "Lviv"),
}
PRAISE = {
    "ru": ("Всё понравилось, спасибо!", "Быстро и вежливо"),
    "uk": ("Усе сподобалося, дякую!", "Швидко і чемно"),
    "en": ("Loved it, thank you!", "Quick and kind"),
}
BLAME = {"ru": "Пришлось долго ждать", "uk": "Довелося довго чекати", "en": "I had to wait too long"}
REPLIES = {
    "ru": "Добрый день! Да, всё сделаем, сейчас подтвержу время.",
    "uk": "Добрий день! Так, усе зробимо, зараз підтверджу час.",
    "en": "Good afternoon! Yes, of course. Let me confirm the time.",
}
TASK = "Уточнити адресу й передзвонити"
LOST = {"ru": "Нашли другое", "uk": "Знайшли інше", "en": "Found something else"}


async def sow(database: Database, playbook: Playbook, *, zone: ZoneInfo, now: datetime) -> int:
    """Fills an empty database; returns how many contacts it has then. `zone` is the business's, `now` an aware UTC
    datetime."""
    return await database.write(lambda tx: _Sower(tx, playbook, zone, now).sow())


@dataclass
class _Sower:
    tx: Tx
    playbook: Playbook
    zone: ZoneInfo
    now: datetime

    async def sow(self) -> int:
        self.chance = random.Random(SEED)
        self.cards: dict[int, dict[str, str]] = {}
        await self._staff()
        known = [one for one in CUSTOMERS if one.known]
        # James first: whoever plays him finds an open request and a closed one.
        ids = {one.id: await self._contact(one) for one in known}
        self.wrote: dict[int, datetime] = {}
        self.buyers = {one.id: Buyer(ids[one.id], demo_purchases.habit_of(one)) for one in known}
        asked = [(known[place % len(known)], stage, place) for place, stage in enumerate(STAGES)]
        asked[STAGES.index("taken")] = JAMES, "taken", STAGES.index("taken")
        asked.append((JAMES, "done", len(STAGES)))
        # Numbers are given in the order of time, as they are to everybody who asks.
        timed = [(self._made(*one), *one) for one in asked]
        for made, someone, stage, place in sorted(timed, key=lambda one: one[0]):
            await self._request(someone, ids[someone.id], stage, place, made)
        for someone in known[3:6]:
            await self._task(ids[someone.id])
        buyers = list(self.buyers.values())
        await demo_purchases.sow(self.tx, self.playbook, buyers, manager=self.manager, now=self.now, seed=SEED)
        await search.index_many(self.tx, ids.values())
        return len(ids)

    async def _staff(self) -> None:
        await staff.ensure(self.tx, [OWNER.id], "owner", now=self._ago(days=400))
        await staff.ensure(self.tx, [MANAGER.id], "manager", now=self._ago(days=300))
        for member in await staff.active(self.tx):
            someone = OWNER if member.role == "owner" else MANAGER
            await staff.change(
                self.tx,
                member.id,
                name=someone.name,
                username=someone.username,
                language=someone.language,
                started_at=self._ago(days=300),
            )
            if member.role == "manager":
                self.manager = member.id

    async def _contact(self, someone: Someone) -> int:
        first = demo_purchases.habit_of(someone).first
        met = self._ago(days=first + self.chance.randint(5, 30), hours=self.chance.randint(0, 9))
        contact = await contacts.create(
            self.tx,
            now=met,
            language=someone.language,
            telegram_id=someone.id,
            name=someone.name,
            source=someone.source,
            owner_id=self.manager if self.chance.random() < 0.4 else None,
        )
        version = self.playbook.business.consent_version
        text = self.playbook.business.consent.say(someone.language) if self.playbook.business.consent else ""
        profile = self.cards[someone.id] = self._profile(someone)
        known = {"username": someone.username, "consent_version": version, "fields": profile}
        await contacts.change(self.tx, contact.id, now=met, **known)
        await contacts.add_point(self.tx, contact.id, "phone", someone.phone, verified=True, now=met)
        if someone.username and self.chance.random() < 0.6:
            address = f"{someone.username.replace('_', '.')}@example.com"
            await contacts.add_point(self.tx, contact.id, "email", address, verified=False, now=met)
        for purpose in ("processing", "survey", "marketing"):
            granted = purpose == "processing" or self.chance.random() < 0.7
            await consents.add(
                self.tx,
                contact.id,
                purpose,
                granted=granted,
                version=version,
                text=text,
                message_id=None,
                now=met,
            )
            self._tell(
                contact.id, "consent", met, None, data={"purpose": purpose, "granted": granted, "version": version}
            )
        if someone.tags:
            await tags.add(self.tx, contact.id, someone.tags, staff_id=self.manager, now=met)
        if someone.note:
            noted = met + timedelta(days=2)
            await self.tx.run(
                tables.notes.insert().values(contact_id=contact.id, staff_id=self.manager, text=someone.note, at=noted)
            )
            self._tell(contact.id, "note", noted, None, staff_id=self.manager, text=someone.note)
        return contact.id

    def _profile(self, someone: Someone) -> dict[str, str]:
        """Where they live, and the birthday of two in three: of some without the year."""
        found = {"city": self.chance.choice(CITIES[someone.language])}
        day = (self.now + timedelta(days=self.chance.randint(1, 365))).date()
        if self.chance.random() < 0.67:
            year = "-" if self.chance.random() < 0.2 else str(self.chance.randint(1966, 2003))
            found["birthday"] = f"{year}-{day.month:02}-{min(day.day, 28):02}"
        return found

    def _made(self, someone: Someone, stage: str, place: int) -> datetime:
        """When they asked: open requests are the latest."""
        if stage in requests.OPEN:
            return self._ago(hours=2 + 7 * place)
        if stage == "done" and (last := self.buyers[someone.id].habit.last) > 75:
            return self._ago(days=last, hours=place % 9)  # who has been silent for long had no visit lately
        return self._ago(days=3 + 2 * place, hours=place % 9)

    async def _request(self, someone: Someone, contact_id: int, stage: str, place: int, made: datetime) -> None:
        is_open = stage in requests.OPEN
        form = self.playbook.forms[place % len(self.playbook.forms)]
        form = self.playbook.form(form.id) or form
        owner = None if stage in ("new", "spam") else self.manager
        words, known = words_in(self._language), self.cards[someone.id]
        answerer = Answerer(someone, known, words, self.zone, made, self.chance)
        request = await requests.create(
            self.tx,
            contact_id,
            title=form.title.say(self.playbook.business.language)[:160],
            answers=answerer.fill(form),
            now=made,
            form_id=form.id,
            pipeline=form.pipeline,
            playbook_hash=self.playbook.hash or None,
            owner_id=owner,
        )
        closed = None if is_open else made + timedelta(hours=self.chance.randint(4, 40))
        before = None if stage == "new" else "taken" if closed and owner else "new"
        reason = LOST[self._language] if stage == "lost" else None
        await self.tx.run(
            tables.requests.update()
            .where(tables.requests.c.id == request.id)
            .values(
                stage=stage,
                stage_before=before,
                lost_reason=reason,
                taken_at=made + timedelta(minutes=12) if owner else None,
                first_reply_at=made + timedelta(minutes=20) if owner else None,
                closed_at=closed,
            )
        )
        await contacts.count_request(self.tx, contact_id, opened=int(is_open), total=1, now=made)
        self._tell(contact_id, "request", made, request.id, text=request.title)
        asked = self.chance.choice(ASKED[someone.language])
        self._tell(contact_id, "message", made + timedelta(minutes=5), request.id, text=asked, data={"kind": "text"})
        if owner:
            moved = {"from": "new", "to": "taken"}
            self._tell(contact_id, "stage", made + timedelta(minutes=12), request.id, data=moved, staff_id=owner)
            reply = {"text": REPLIES[someone.language], "data": {"kind": "text"}, "staff_id": owner}
            self._tell(contact_id, "reply", made + timedelta(minutes=20), request.id, **reply)
        if closed:
            moved = {"from": before or "new", "to": stage}
            by = None if stage == "withdrawn" else self.manager
            self._tell(contact_id, "stage", closed, request.id, text=reason, data=moved, staff_id=by)
        self.wrote[contact_id] = max(made + timedelta(minutes=5), self.wrote.get(contact_id, made))
        card: dict[str, Any] = {"last_in_at": self.wrote[contact_id]}
        if stage == "spam":
            card["spam_at"] = closed
            self._tell(contact_id, "spam", closed or made, None, data={"spam": True}, staff_id=self.manager)
        if stage == "done":
            self.buyers[someone.id].done.append((request.id, closed or made))
            await self._rating(someone, contact_id, request.id, closed or made)
        await contacts.change(self.tx, contact_id, now=made, **card)

    def _tell(self, contact_id: int, kind: str, at: datetime, request_id: int | None, **more: Any) -> None:
        """One line of the timeline."""
        events.add(self.tx, contact_id, kind, now=at, request_id=request_id, **more)

    async def _rating(self, someone: Someone, contact_id: int, request_id: int, closed: datetime) -> None:
        """Two of three rate their visit; one of seven is not happy."""
        for survey, delay in self.playbook.surveys_after("request_done"):
            if self.chance.random() > 0.67:
                continue
            happy = request_id % 7 != 0
            score = self.chance.choice((4, 5, 5)) if happy else self.chance.choice((1, 2))
            comment = self.chance.choice(PRAISE[someone.language]) if happy else BLAME[someone.language]
            asked = closed + delay
            await self.tx.run(
                tables.survey_answers.insert().values(
                    key=f"demo:{survey.id}:{request_id}",
                    survey_id=survey.id,
                    kind=survey.kind,
                    contact_id=contact_id,
                    request_id=request_id,
                    staff_id=self.manager,
                    score=score,
                    comment=comment if not happy or self.chance.random() < 0.5 else None,
                    asked_at=asked,
                    scored_at=asked + timedelta(minutes=40),
                )
            )
            data = {"survey": survey.id, "kind": survey.kind, "score": score}
            at = asked + timedelta(minutes=40)
            self._tell(contact_id, "survey", at, request_id, data=data)
            await contacts.change(self.tx, contact_id, now=at, last_survey_at=asked)

    async def _task(self, contact_id: int) -> None:
        """In the manager's working hours of tomorrow or the day after; it rings then."""
        day = (self.now.astimezone(self.zone) + timedelta(days=self.chance.randint(1, 2))).date()
        at = datetime.combine(day, time(self.chance.randint(10, 16), 30), tzinfo=self.zone).astimezone(UTC)
        now = self._ago(hours=5)
        task = await tasks.add(self.tx, self.manager, TASK, contact_id=contact_id, due_at=at, now=now)
        member = next(one for one in await staff.active(self.tx) if one.id == self.manager)
        reader = Reader(words_in(MANAGER.language), self.zone, now)
        speaking.say(self.tx, await handing_over.ringing(self.tx, reader, member, task), now=now)

    @property
    def _language(self) -> str:
        return self.playbook.business.language

    def _ago(self, *, days: int = 0, hours: int = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)
