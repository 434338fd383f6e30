"""Who lives in the demo: thirty made-up customers in three languages, and those one can be at the page.

Olga is new: she shows what a first visit is like. James is known: he shows how the bot remembers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TEAM_CHAT_ID = -1_002_000_000_001


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with a Telegram. `role` gives them a column on the page; `known` customers have a card already."""

    id: int
    first_name: str
    last_name: str
    language: str
    phone: str
    username: str | None = None
    role: str | None = None
    known: bool = True
    tags: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


OLGA = Someone(1001, "Ольга", "Мельник", "uk", "+380501234501", "olga_melnyk", role="customer", known=False)
JAMES = Someone(
    1002, "James", "Carter", "en", "+380671234502", "jcarter", role="customer", tags=("vip", "english"), source="friend"
)
MANAGER = Someone(1003, "Богдан", "Шевчук", "uk", "+380931234503", "bohdan_sh", role="manager", known=False)
OWNER = Someone(1004, "Марина", "Лебедева", "ru", "+380971234504", "marina_l", role="owner", known=False)

_ADS = "ads_instagram"

CUSTOMERS: tuple[Someone, ...] = (
    OLGA,
    JAMES,
    Someone(2001, "Анна", "Коваленко", "uk", "+380501110001", "anna_kov", tags=("vip",), source=_ADS),
    Someone(
        2002, "Ганна", "Ковальчук", "uk", "+380671110002", tags=("regular",), note="Просить не дзвонити до десятої."
    ),
    Someone(2003, "Соломія", "Гнатюк", "uk", "+380931110003", "solomiya_h", source="google"),
    Someone(
        2004, "Тарас", "Бондаренко", "uk", "+380971110004", tags=("wholesale",), note="Працює з рахунком-фактурою."
    ),
    Someone(2005, "Юлія", "Петренко", "uk", "+380631110005", "julia_p", source=_ADS),
    Someone(2006, "Данило", "Олійник", "uk", "+380501110006", tags=("regular",)),
    Someone(2007, "Катерина", "Лисенко", "uk", "+380671110007", "kate_lys", source="friend"),
    Someone(
        2008, "Мар’яна", "Д’яченко", "uk", "+380931110008", note="Прізвище через апостроф, перевіряти в накладній."
    ),
    Someone(2009, "Назар", "Кравець", "uk", "+380971110009", source="google", tags=("cold",)),
    Someone(2010, "Оксана", "Савчук", "uk", "+380631110010", "oksana_s", tags=("vip", "regular")),
    Someone(2011, "Роман", "Ткаченко", "uk", "+380501110011"),
    Someone(2012, "Софія", "Марченко", "uk", "+380671110012", "sofia_m", source=_ADS, tags=("cold",)),
    Someone(2013, "Иван", "Иванов", "ru", "+380931110013", "ivanov_i", tags=("regular",)),
    Someone(
        2014,
        "Алёна",
        "Королёва",
        "ru",
        "+380971110014",
        "alyona_k",
        source=_ADS,
        note="Любит, когда пишут, а не звонят.",
    ),
    Someone(2015, "Дмитрий", "Соколов", "ru", "+380631110015", tags=("wholesale", "vip")),
    Someone(2016, "Екатерина", "Морозова", "ru", "+380501110016", "kate_moroz", source="friend"),
    Someone(2017, "Сергей", "Волков", "ru", "+380671110017", source="google", tags=("cold",)),
    Someone(2018, "Наталья", "Зайцева", "ru", "+380931110018", "nata_z"),
    Someone(
        2019, "Павел", "Новиков", "ru", "+380971110019", tags=("regular",), note="Забирает заказы сам, по субботам."
    ),
    Someone(2020, "Татьяна", "Фёдорова", "ru", "+380631110020", source=_ADS),
    Someone(2021, "Виктор", "Егоров", "ru", "+380501110021", "v_egorov"),
    Someone(2022, "Ирина", "Павлова", "ru", "+380671110022", tags=("vip",), source="friend"),
    Someone(2023, "Emily", "Turner", "en", "+380931110023", "emily_t", source="google", tags=("english",)),
    Someone(2024, "Oliver", "Novak", "en", "+380971110024", source=_ADS, tags=("english", "cold")),
    Someone(
        2025, "Sofia", "Rossi", "en", "+380631110025", "sofia_rossi", note="Moved here in spring; prefers English."
    ),
    Someone(2026, "Daniel", "Weber", "en", "+380501110026", tags=("english", "regular"), source="friend"),
    Someone(2027, "Laura", "Martin", "en", "+380671110027", "laura_m", source=_ADS),
    Someone(2028, "Peter", "Kowalski", "en", "+380931110028", tags=("english",)),
)


def for_the_simulator() -> dict[str, Any]:
    """The same people and the team's group, as `python -m simulator --seed` takes them."""
    people = [
        {
            "id": one.id,
            "first_name": one.first_name,
            "last_name": one.last_name,
            "username": one.username,
            "language_code": one.language,
            "phone": one.phone,
            "role": one.role,
            # Whom the bot knows has written to it; staff have pressed Start, or no alert could reach them.
            "started": one.known or one in (MANAGER, OWNER),
        }
        for one in (*CUSTOMERS, MANAGER, OWNER)
    ]
    team = {
        "id": TEAM_CHAT_ID,
        "type": "supergroup",
        "title": "Team",
        "bot_status": "administrator",
        "members": [
            {"user_id": OWNER.id, "status": "creator"},
            {"user_id": MANAGER.id, "status": "administrator"},
        ],
    }
    return {"people": people, "chats": [team]}
