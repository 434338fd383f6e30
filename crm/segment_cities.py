"""Cities that are called differently in Russian, Ukrainian and English, so that `city:Киев` finds Київ too."""

from __future__ import annotations

from typing import Final

from crm import folding

_CITIES: Final = """
Київ Киев Kyiv Kiev
Харків Харьков Kharkiv Kharkov
Львів Львов Lviv
Одеса Одесса Odesa Odessa
Дніпро Днепр Dnipro
Запоріжжя Запорожье Zaporizhzhia
Миколаїв Николаев Mykolaiv
Вінниця Винница Vinnytsia
Чернігів Чернигов Chernihiv
Чернівці Черновцы Chernivtsi
Тернопіль Тернополь Ternopil
Рівне Ровно Rivne
Хмельницький Хмельницкий Khmelnytskyi
Житомир Zhytomyr
Івано-Франківськ Ивано-Франковск Ivano-Frankivsk
Кропивницький Кропивницкий Kropyvnytskyi
Луцьк Луцк Lutsk
Суми Сумы Sumy
Полтава Poltava
Черкаси Черкассы Cherkasy
Ужгород Uzhhorod
Херсон Kherson
Москва Moscow Moskva
Мінськ Минск Minsk
Варшава Warsaw Warszawa
Краків Краков Krakow Kraków
Прага Prague Praha
Берлін Берлин Berlin
"""
_SPELLINGS: Final = {
    folding.fold(name): tuple(dict.fromkeys(map(folding.fold, line.split())))
    for line in _CITIES.strip().splitlines()
    for name in line.split()
}


def spellings(city: str) -> tuple[str, ...]:
    """What this city is called, as keys of folding.fold; of one that nobody listed, its own key."""
    key = folding.fold(city)
    return _SPELLINGS.get(key, (key,))
