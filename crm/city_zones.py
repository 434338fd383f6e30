"""The time zones of cities where readers of our three languages live: by the city's name in any of them, and by a place
on the map. Offsets follow from the zone (the IANA data of zoneinfo); coordinates are degrees, to a tenth.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from crm import folding

# Zone, then a line a city: latitude, longitude, its names.
_TABLE: Final = """
Europe/Kyiv
 50.5 30.5 Київ,Киев,Kyiv,Kiev
 50.0 36.2 Харків,Харьков,Kharkiv,Kharkov
 46.5 30.7 Одеса,Одесса,Odesa,Odessa
 48.5 35.0 Дніпро,Днепр,Dnipro,Днепропетровск,Дніпропетровськ
 49.8 24.0 Львів,Львов,Lviv
 47.8 35.2 Запоріжжя,Запорожье,Zaporizhzhia
 47.9 33.4 Кривий Ріг,Кривой Рог,Kryvyi Rih
 47.0 32.0 Миколаїв,Николаев,Mykolaiv
 49.2 28.5 Вінниця,Винница,Vinnytsia
 46.6 32.6 Херсон,Kherson
 49.6 34.6 Полтава,Poltava
 51.5 31.3 Чернігів,Чернигов,Chernihiv
 49.4 32.1 Черкаси,Черкассы,Cherkasy
 50.3 28.7 Житомир,Zhytomyr
 50.9 34.8 Суми,Сумы,Sumy
 49.4 27.0 Хмельницький,Хмельницкий,Khmelnytskyi
 48.3 25.9 Чернівці,Черновцы,Chernivtsi
 50.6 26.3 Рівне,Ровно,Rivne
 48.9 24.7 Івано-Франківськ,Ивано-Франковск,Ivano-Frankivsk
 49.6 25.6 Тернопіль,Тернополь,Ternopil
 50.7 25.3 Луцьк,Луцк,Lutsk
 48.6 22.3 Ужгород,Uzhhorod
 48.5 32.3 Кропивницький,Кропивницкий,Kropyvnytskyi
 49.8 30.1 Біла Церква,Белая Церковь,Bila Tserkva
 49.1 33.4 Кременчук,Кременчуг,Kremenchuk
Europe/Minsk
 53.9 27.6 Мінськ,Минск,Minsk
 52.4 31.0 Гомель,Homel,Gomel
 52.1 23.7 Брест,Brest
 53.7 23.8 Гродно,Grodno,Hrodna
 55.2 30.2 Витебск,Вітебськ,Vitebsk
 53.9 30.3 Могилёв,Могильов,Mogilev
Europe/Kaliningrad
 54.7 20.5 Калининград,Калінінград,Kaliningrad
Europe/Moscow
 55.8 37.6 Москва,Moscow,Moskva
 59.9 30.3 Санкт-Петербург,Петербург,Питер,СПб,Saint Petersburg,St Petersburg
 55.8 49.1 Казань,Kazan
 56.3 44.0 Нижний Новгород,Нижній Новгород,Nizhny Novgorod
 47.2 39.7 Ростов-на-Дону,Ростов,Rostov
 45.0 39.0 Краснодар,Krasnodar
 43.6 39.7 Сочи,Сочі,Sochi
 51.7 39.2 Воронеж,Voronezh
 48.7 44.5 Волгоград,Volgograd
 50.6 36.6 Белгород,Бєлгород,Belgorod
 51.7 36.2 Курск,Kursk
 53.2 34.4 Брянск,Брянськ,Bryansk
 54.2 37.6 Тула,Tula
 56.9 35.9 Тверь,Tver
 57.6 39.9 Ярославль,Yaroslavl
 54.8 32.0 Смоленск,Смоленськ,Smolensk
 64.5 40.5 Архангельск,Arkhangelsk
 69.0 33.1 Мурманск,Murmansk
 43.0 47.5 Махачкала,Makhachkala
Europe/Saratov
 51.5 46.0 Саратов,Saratov
Europe/Ulyanovsk
 54.3 48.4 Ульяновск,Ulyanovsk
Europe/Astrakhan
 46.3 48.0 Астрахань,Astrakhan
Europe/Samara
 53.2 50.2 Самара,Samara
 53.5 49.4 Тольятти,Tolyatti
 56.9 53.2 Ижевск,Izhevsk
Asia/Yekaterinburg
 56.8 60.6 Екатеринбург,Єкатеринбург,Yekaterinburg,Екб
 55.2 61.4 Челябинск,Челябінськ,Chelyabinsk
 54.7 56.0 Уфа,Ufa
 58.0 56.3 Пермь,Перм,Perm
 57.2 65.5 Тюмень,Tyumen
 51.8 55.1 Оренбург,Orenburg
 61.3 73.4 Сургут,Surgut
Asia/Omsk
 55.0 73.4 Омск,Омськ,Omsk
Asia/Novosibirsk
 55.0 82.9 Новосибирск,Новосибірськ,Novosibirsk,Новосиб
Asia/Barnaul
 53.4 83.8 Барнаул,Barnaul
Asia/Tomsk
 56.5 85.0 Томск,Tomsk
Asia/Novokuznetsk
 55.4 86.1 Кемерово,Kemerovo
 53.8 87.1 Новокузнецк,Novokuznetsk
Asia/Krasnoyarsk
 56.0 92.9 Красноярск,Красноярськ,Krasnoyarsk
Asia/Irkutsk
 52.3 104.3 Иркутск,Іркутськ,Irkutsk
 51.8 107.6 Улан-Удэ,Ulan-Ude
Asia/Chita
 52.0 113.5 Чита,Chita
Asia/Yakutsk
 62.0 129.7 Якутск,Yakutsk
 50.3 127.5 Благовещенск,Blagoveshchensk
Asia/Vladivostok
 43.1 131.9 Владивосток,Vladivostok
 48.5 135.1 Хабаровск,Хабаровськ,Khabarovsk
Asia/Sakhalin
 47.0 142.7 Южно-Сахалинск,Yuzhno-Sakhalinsk
Asia/Magadan
 59.6 150.8 Магадан,Magadan
Asia/Kamchatka
 53.0 158.7 Петропавловск-Камчатский,Petropavlovsk-Kamchatsky
Asia/Almaty
 43.2 76.9 Алматы,Алма-Ата,Алмати,Almaty
 51.2 71.4 Астана,Нур-Султан,Astana
 42.3 69.6 Шымкент,Shymkent
 49.8 73.1 Караганда,Karaganda
 50.3 57.2 Актобе,Aktobe
 47.1 51.9 Атырау,Atyrau
 43.7 51.2 Актау,Aktau
Asia/Tashkent
 41.3 69.3 Ташкент,Tashkent
 39.7 67.0 Самарканд,Samarkand
Asia/Bishkek
 42.9 74.6 Бишкек,Бішкек,Bishkek
Asia/Dushanbe
 38.6 68.8 Душанбе,Dushanbe
Asia/Ashgabat
 37.9 58.4 Ашхабад,Ashgabat
Asia/Baku
 40.4 49.9 Баку,Baku
Asia/Tbilisi
 41.7 44.8 Тбилиси,Тбілісі,Tbilisi
 41.6 41.6 Батуми,Батумі,Batumi
Asia/Yerevan
 40.2 44.5 Ереван,Єреван,Yerevan
Europe/Chisinau
 47.0 28.8 Кишинёв,Кишинів,Chisinau,Chișinău
 46.8 29.6 Тирасполь,Tiraspol
Europe/Riga
 56.9 24.1 Рига,Riga
Europe/Vilnius
 54.7 25.3 Вильнюс,Вільнюс,Vilnius
Europe/Tallinn
 59.4 24.8 Таллин,Таллінн,Tallinn
Europe/Helsinki
 60.2 24.9 Хельсинки,Гельсінкі,Helsinki
Europe/Warsaw
 52.2 21.0 Варшава,Warsaw,Warszawa
 50.1 19.9 Краков,Краків,Krakow
 51.1 17.0 Вроцлав,Wroclaw
 54.4 18.6 Гданьск,Гданськ,Gdansk
 51.2 22.6 Люблин,Люблін,Lublin
Europe/Prague
 50.1 14.4 Прага,Prague,Praha
 49.2 16.6 Брно,Brno
Europe/Bratislava
 48.1 17.1 Братислава,Bratislava
Europe/Budapest
 47.5 19.0 Будапешт,Budapest
Europe/Bucharest
 44.4 26.1 Бухарест,Bucharest
Europe/Sofia
 42.7 23.3 София,Софія,Sofia
Europe/Belgrade
 44.8 20.5 Белград,Белград,Belgrade
Europe/Vienna
 48.2 16.4 Вена,Відень,Vienna,Wien
Europe/Berlin
 52.5 13.4 Берлин,Берлін,Berlin
 48.1 11.6 Мюнхен,Munich,München
 53.6 10.0 Гамбург,Hamburg
 50.1 8.7 Франкфурт,Frankfurt
 50.9 7.0 Кёльн,Кельн,Cologne,Köln
Europe/Rome
 41.9 12.5 Рим,Rome,Roma
 45.5 9.2 Милан,Мілан,Milan,Milano
Europe/Paris
 48.9 2.4 Париж,Paris
Europe/Madrid
 40.4 -3.7 Мадрид,Madrid
 41.4 2.2 Барселона,Barcelona
Europe/Lisbon
 38.7 -9.1 Лиссабон,Лісабон,Lisbon
Europe/London
 51.5 -0.1 Лондон,London
Europe/Istanbul
 41.0 29.0 Стамбул,Istanbul
 36.9 30.7 Анталья,Анталія,Antalya
Europe/Athens
 38.0 23.7 Афины,Афіни,Athens
Asia/Nicosia
 34.7 33.0 Лимасол,Лімасол,Limassol
Asia/Jerusalem
 32.1 34.8 Тель-Авив,Тель-Авів,Tel Aviv
 31.8 35.2 Иерусалим,Єрусалим,Jerusalem
 32.8 35.0 Хайфа,Haifa
Asia/Dubai
 25.2 55.3 Дубай,Dubai
Asia/Bangkok
 13.8 100.5 Бангкок,Bangkok
Asia/Makassar
 -8.7 115.2 Денпасар,Denpasar
America/New_York
 40.7 -74.0 Нью-Йорк,New York
 25.8 -80.2 Майами,Маямі,Miami
America/Chicago
 41.9 -87.6 Чикаго,Chicago
America/Los_Angeles
 34.1 -118.2 Лос-Анджелес,Los Angeles
 37.8 -122.4 Сан-Франциско,San Francisco
America/Toronto
 43.7 -79.4 Торонто,Toronto
"""
NEAR_KM: Final = 80.0
"""Within so far of a city its clocks are sure; borders of zones run through emptier land."""
_EARTH_KM: Final = 6371.0


class City(NamedTuple):
    """A city: its zone, its names, where it lies (degrees north and east)."""

    zone: str
    names: tuple[str, ...]
    latitude: float
    longitude: float


@cache
def _cities() -> tuple[City, ...]:
    return tuple(_read())


def _read() -> Iterator[City]:
    zone = ""
    for line in _TABLE.strip().splitlines():
        if not line.startswith(" "):
            zone = line
            continue
        latitude, longitude, names = line.strip().split(" ", 2)
        yield City(zone, tuple(names.split(",")), float(latitude), float(longitude))


@cache
def _by_name() -> dict[str, str]:
    return {folding.fold(name): city.zone for city in _cities() for name in city.names}


def of_city(text: str) -> str | None:
    """The IANA zone of a city by its name in Russian, Ukrainian or English, however it is spelt: `г. Казань`, `львов`.
    None for a city that is not listed."""
    key = folding.fold(text)
    known = _by_name()
    return known.get(key) or known.get(_bare(key))


def _bare(key: str) -> str:
    """Without what is written before a city's name."""
    for before in ("г. ", "г ", "город ", "м. ", "м ", "мисто "):
        if key.startswith(before):
            return key.removeprefix(before)
    return key


def near(latitude: float, longitude: float, *, most: int = 3) -> list[str]:
    """The zones a place may lie in, the likeliest first: one, where a listed city is near; else those of the nearest
    cities, to be chosen from."""
    by_distance = sorted(
        (_kilometres(latitude, longitude, city.latitude, city.longitude), city.zone) for city in _cities()
    )
    if by_distance[0][0] <= NEAR_KM:
        return [by_distance[0][1]]
    return list(dict.fromkeys(zone for _, zone in by_distance[:12]))[:most]


def _kilometres(north: float, east: float, other_north: float, other_east: float) -> float:
    """The great circle's distance, by the haversine formula."""
    a, b = radians(north), radians(other_north)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
