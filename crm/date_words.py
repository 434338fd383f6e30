"""The words of dates: what each word of ru, uk and en means, and how a text is cut into them.

Words are kept as they are compared: lower case, ё as е, without apostrophes, so that «п'ять» and «пять» are one word.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA


def _numbered(text: str) -> dict[str, int]:
    """Read "0: a b; 1: c d" as {a: 0, b: 0, c: 1, d: 1}."""
    table: dict[str, int] = {}
    for entry in text.split(";"):
        value, _, words = entry.partition(":")
        table.update(dict.fromkeys(words.split(), int(value)))
    return table


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _named(**lines: str) -> dict[str, str]:
    return {word: name for name, words in lines.items() for word in words.split()}


def _inflected(stems: str, endings: str, first: int) -> dict[str, int]:
    """Every ending on every stem; stems are numbered from `first`, "-" keeps a number's place empty."""
    return {
        stem + ending: value
        for value, stem in enumerate(stems.split(), first)
        if stem != "-"
        for ending in endings.split()
    }


WEEKDAYS: Final = _numbered(
    """
    0: понедельник понедельника понедельнику понедельником пон пн пнд понеділок понеділка понеділку понеділком
       monday mon;
    1: вторник вторника вторнику вторником вт втр вівторок вівторка вівторку вівторком tuesday tue tues;
    2: среда среду среды среде ср срд середа середу середи середі wednesday wed weds;
    3: четверг четверга четвергу чт чтв четвер четвером thursday thu thur thurs;
    4: пятница пятницу пятницы пятнице пт птн птнц пятниця пятницю пятниці пятничку friday fri;
    5: суббота субботу субботы субботе сб сбт суб субота суботу суботи суботі субботу saturday sat;
    6: воскресенье воскресенья воскресенью воскресение вс вск воскр неділя неділю неділі нд ндл sunday sun
    """
)

MONTHS: Final = _numbered(
    """
    1: январь января январе янв січень січня січні січ january jan;
    2: февраль февраля феврале фев февр лютий лютого лютому лют february feb;
    3: март марта марте мар березень березня березні бер берез march mar;
    4: апрель апреля апреле апр квітень квітня квітні квіт кві april apr;
    5: май мая мае травень травня травні трав тра may;
    6: июнь июня июне июн червень червня червні черв чер june jun;
    7: июль июля июле июл липень липня липні лип july jul;
    8: август августа августе авг серпень серпня серпні серп сер august aug;
    9: сентябрь сентября сентябре сен сент вересень вересня вересні вер верес september sep sept;
    10: октябрь октября октябре окт жовтень жовтня жовтні жовт жов october oct;
    11: ноябрь ноября ноябре ноя нояб листопад листопада листопаді лист лис november nov;
    12: декабрь декабря декабре дек грудень грудня грудні груд гру december dec
    """
)

# Days from today; a day that has passed is known too, so that it can be refused by name.
DAYS: Final = _numbered(
    """
    -2: позавчера позавчора;
    -1: вчера вчора учора yesterday;
    0: сегодня сегодняшний сегодняшнего седня сьогодні сьогоднішній сьодні today;
    1: завтра завтрашний завтрашнего завтрашнє tomorrow tmrw tmr tmw tomorow tommorrow 2moro;
    2: послезавтра позавтра післязавтра послезавтрашний;
    3: послепослезавтра
    """
)

UNITS: Final = _named(
    minute="минута минуту минуты минут мин минутку минутки минуток хвилина хвилину хвилини хвилин хв хвилинку "
    "minute minutes min mins m м",
    hour="час часа часов часам часу часик часок часика часиков ч година годину години годин годині годинку годинки "
    "hour hours hr hrs h",
    day="день дня дней дни дні днів дн д денек day days d",
    week="неделя неделю недели недель неделе недельку нед тиждень тижня тижні тижнів тижню тиж week weeks wk wks",
    month="месяц месяца месяцев месяце мес месяцок місяць місяця місяці місяців month months mo",
    year="год года лет году рік року роки років році year years yr",
    fortnight="fortnight",
    full_day="сутки суток доба добу доби діб",
)
# «За дві години» is "in two hours" in Ukrainian; the same «за» in Russian is "two hours before".
UKRAINIAN_UNITS: Final = _words(
    "хвилина хвилину хвилини хвилин хв хвилинку година годину години годин годинку годинки дні днів тиждень тижня "
    "тижні тижнів місяць місяця місяці місяців рік року роки років доба добу доби діб півгодини півгодинки півроку"
)
HALF_UNITS: Final = _named(half_hour="полчаса полчасика півгодини півгодинки пілгодини", half_year="полгода півроку")

PARTS: Final = _named(
    morning="утро утром утра утру утречком поутру ранок ранку ранком вранці уранці зранку morning",
    midday="обед обеда обеду обедом обеденное обід обіду обідом lunch lunchtime",
    afternoon="днем дня вдень удень пополудні пополудни afternoon",
    evening="вечер вечером вечера вечеру вечерком вечор вечора вечором ввечері увечері evening",
    night="ночь ночью ночи ніч ночі вночі уночі night",
)
# Said right after a number, these make it an hour: «9 вечера».
PARTS_OF_CLOCK: Final = _words(
    "утра дня вечера ночи ранку вечора ночі утром днем вечером ночью вранці вдень ввечері увечері вночі зранку tonight"
)
TONIGHT: Final = frozenset({"tonight", "tonite"})
NOON: Final = _words("полдень полудень опівдні ополудні полудня noon midday")
MIDNIGHT: Final = _words("полночь полночи опівночі північ півночі midnight")
MERIDIEMS: Final = frozenset({"am", "pm"})

NUMBERS: Final = _numbered(
    """
    0: ноль нуль ноля zero oh; 1: один одну одна одного одной одній одне one; 2: два две двух двум дві двох two;
    3: три трех трем трьох three; 4: четыре четырех четырем чотири чотирьох four; 5: пять пяти пятьох five;
    6: шесть шести шість шістьох six; 7: семь семи сім сімох seven; 8: восемь восьми вісім вісьмох eight;
    9: девять девяти nine; 10: десять десяти ten; 11: одиннадцать одиннадцати одинадцять одинадцяти eleven;
    12: двенадцать двенадцати дванадцять дванадцяти twelve; 13: тринадцать тринадцати тринадцять thirteen;
    14: четырнадцать четырнадцати чотирнадцять fourteen; 15: пятнадцать пятнадцати пятнадцять пятнадцяти fifteen;
    16: шестнадцать шестнадцати шістнадцять sixteen; 17: семнадцать семнадцати сімнадцять seventeen;
    18: восемнадцать восемнадцати вісімнадцять eighteen; 19: девятнадцать девятнадцати девятнадцять nineteen;
    20: двадцать двадцати двадцять двадцяти twenty; 30: тридцать тридцати тридцять тридцяти thirty;
    40: сорок сорока forty; 50: пятьдесят пятидесяти пятдесят пятдесяти fifty;
    60: шестьдесят шістдесят sixty; 70: семьдесят сімдесят seventy; 80: восемьдесят вісімдесят eighty;
    90: девяносто девятдесят девяноста ninety
    """
)

_RU_ORDINALS = (
    "перв втор - четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат двадцат"
)
_UK_ORDINALS = (
    "перш друг - четверт пят шост сьом восьм девят десят одинадцят дванадцят тринадцят чотирнадцят пятнадцят "
    "шістнадцят сімнадцят вісімнадцят девятнадцят двадцят"
)
_EN_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
# A day of a month: «пятое», «пятого», "fifth".
DAY_ORDINALS: Final = {
    **_inflected(_RU_ORDINALS, "ое ого ому", 1),
    **_inflected(_UK_ORDINALS, "е ого ому", 1),
    **_numbered("3: третье третьего третьему третє третього третьому"),
    **_numbered("30: тридцатое тридцатого тридцатому тридцяте тридцятого тридцятому"),
    **{word: value for value, word in enumerate(_EN_ORDINALS.split(), 1)},
    "thirtieth": 30,
}
# An hour, which is feminine in Ukrainian: «п'ята», «о п'ятій», «на п'яту».
HOUR_ORDINALS: Final = {
    **_inflected(_UK_ORDINALS, "а ій у ої", 1),
    **_numbered("3: третя третій третю третьої"),
}
# The hour that is half gone: «полшестого» is 5:30.
HALF_HOURS: Final = {
    **{"пол" + stem + "ого": value for value, stem in enumerate(_RU_ORDINALS.split()[:12], 1) if stem != "-"},
    **{
        "пів" + stem + ending: value
        for value, stem in enumerate(_UK_ORDINALS.split()[:12], 1)
        for ending in ("ої", "а", "у")
        if stem != "-"
    },
    "полтретьего": 3,
    "півтретьої": 3,
}
ONE_AND_A_HALF: Final = _words("полтора полторы полутора півтора півтори півторы пiвтора")
HALVES: Final = _words("пол пів половина половине половину half")
QUARTERS: Final = _words("четверть четверти чверть чверті quarter")
COUPLE: Final = _words("пара пару парочку couple")


def _adjectives(stems: str, endings: str) -> frozenset[str]:
    return frozenset(stem + ending for stem in stems.split() for ending in endings.split())


NEXT: Final = frozenset({"next", "след", "наст"}) | (
    _adjectives("следующ", "ая ую ей ий ее его ем") | _adjectives("наступн", "ий ого ому а у ої ій е ім")
)
THIS: Final = _words("this этот эту эта этой этом этого это цей цю ця цього цій цьому цієї цим це тек")
NEAREST: Final = frozenset({"coming", "upcoming"}) | (
    _adjectives("ближайш", "ая ую ей ий ее его ем") | _adjectives("найближч", "ий ого ому а у ої ій е")
)
LAST: Final = frozenset({"last", "previous"}) | (
    _adjectives("прошл ушедш", "ая ую ой ый ое ого ом") | _adjectives("минул", "ий ого ому а у ої ій е")
)

PREPOSITIONS: Final = _words("в во на о об у к ко ув at on the in of for it @ ровно рівно exactly")
# After these a bare number is an hour; after «на» or "on" it may be a day of the month.
HOUR_PREPOSITIONS: Final = _words("в во о об у к ко ув at @")
WEEKENDS: Final = _words("выходные выходных выходным вихідні вихідних вихідним weekend weekends")
BOUNDS: Final = _words(
    "после після раньше раніше позже пізніше позднее after before since earlier later than начиная починаючи"
)
UNBOUNDED: Final = _words("работы роботи work школы школи school уроков уроків пар")
EDGES: Final = _words(
    "конце конец концу конца кінці кінець кінця наприкінці начале початку середине середині середина end beginning start"
)
DEADLINES: Final = _words("до by until till untill")
SPANS: Final = _words("с со з із зі от від между між from between")
ALTERNATIVES: Final = _words("или либо або чи or")
APPROXIMATE: Final = _words(
    "около примерно приблизительно ориентировочно порядка приблизно близько біля орієнтовно десь around about "
    "sometime approximately roughly approx гдето ish"
)

GREETINGS: Final = _words("добрый доброе доброго добрий доброї good")
GREETED: Final = _words("день дня вечер вечера утро утра ранку ранок вечора вечір morning afternoon evening day")
# Words of courtesy and of booking, which change nothing about the moment.
COURTESIES: Final = _words(
    """
    пожалуйста пож плиз плз пжл пж прошу спасибо благодарю хочу хотел хотела хотелось хотим бы записаться записать
    запишите запиши запись записи записаться меня нас мне нам я мы можно может могу можем быть буду будем приду придем
    подойду подъеду смогу сможем давайте давай удобно удобнее устроит подойдет подходит лучше если напомни напомните
    мені нам мене хочу хотів хотіла хотілося би записатися запишіть запис можна може можу можемо давайте зручно
    зручніше підійде краще якщо прийду прийдемо будь ласка дякую будемо нагадай нагадайте здравствуйте привет ну да
    ок окей тогда вітаю привіт добре так тоді ага хорошо отлично супер время времени дата
    б бы чи хотіли хотели нужно надо потрібно треба прямо просто right only готов готова готовы готові перенести
    перенесите перенесіть свободно вільно есть є ли время приходите зайду заеду заїду зайти прийти прийти
    вас вам you your do need come free available chance possible just move reschedule call visit meet see there my put down
    time better any please pls plz thanks thank you lets let us lets say i we me id could can would will like want to book make
    its is be an appointment a how about what maybe perhaps hello hi hey ok okay yes sure then works work fine
    remind come schedule set
    """
)
# One letter away from a word of time and yet a word of its own.
_NOT_MISSPELT: Final = _words(
    "завтрак завтрака завтраку родина родину родини родин вечеря вечерю марата мастер среднее средние среди полуднем "
    "вторичка сутками днями недолго должность серед"
)
_FUZZY: Final = {
    word: (name, value)
    for name, table in (("weekday", WEEKDAYS), ("month", MONTHS), ("day", DAYS), ("unit", UNITS), ("part", PARTS))
    for word, value in table.items()
    if len(word) >= 5
}
# A word that is right is not a misspelling of another: «вчера» is not «вечера».
_KNOWN: Final = _NOT_MISSPELT.union(
    *(WEEKDAYS, MONTHS, DAYS, UNITS, HALF_UNITS, PARTS, NUMBERS, DAY_ORDINALS, HOUR_ORDINALS, HALF_HOURS),
    *(PARTS_OF_CLOCK, TONIGHT, NOON, MIDNIGHT, ONE_AND_A_HALF, HALVES, QUARTERS, COUPLE, NEXT, THIS, NEAREST, LAST),
    *(PREPOSITIONS, WEEKENDS, BOUNDS, UNBOUNDED, EDGES, DEADLINES, SPANS, ALTERNATIVES, APPROXIMATE),
    *(GREETINGS, GREETED, COURTESIES),
)
_FUZZY_WORDS: Final = tuple(_FUZZY)
_MISSPELT_LENGTHS: Final = range(5, 16)
_SHORTEST_TO_CHANGE: Final = 6

_APOSTROPHES: Final = "'’ʼ`´‘ʹ′＇"
_ALIKE: Final = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys("‐‑‒–—―−", "-"), "\u00a0": " ", "\u202f": " "}
)
_LETTERS = r"[^\W\d_]+"
_TOKEN: Final = re.compile(
    rf"""
    (?P<iso>[0-9]{{4}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?![0-9]))
    | (?P<full>[0-9]{{1,2}}(?P<separator>[-./])[0-9]{{1,2}}(?P=separator)(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9]))
    | (?P<clock>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?![0-9]))
    | (?P<pair>[0-9]{{1,2}}[-.,/][0-9]{{1,2}}(?![0-9]))
    | (?P<number>[0-9]+)
    | (?P<word>{_LETTERS}(?:'{_LETTERS})*'?)
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. `text` is as compared; `start` and `end` are places in the normalised text."""

    kind: str
    text: str
    start: int
    end: int


def words_of(unit: str) -> frozenset[str]:
    """Every word for a unit of time."""
    return frozenset(word for word, name in UNITS.items() if name == unit)


def normalise(text: str) -> str:
    """The text with composed letters, so that й typed as two signs is the й of the tables."""
    return unicodedata.normalize("NFC", text)


def tokens(text: str) -> list[Token]:
    """Cut a normalised text into words, numbers (with dates and clock times kept whole) and marks."""
    found = []
    for match in _TOKEN.finditer(text.translate(_ALIKE)):
        kind = match.lastgroup or "mark"
        if kind == "separator":
            kind = "full"
        word = match.group()
        if kind == "word":
            word = word.lower().replace("ё", "е").replace("'", "")
        found.append(Token(kind, word, match.start(), match.end()))
    return found


def corrected(word: str) -> str:
    """The word of time that this one misspells by one letter; the word itself when there is none, or more than one."""
    if len(word) not in _MISSPELT_LENGTHS or word in _KNOWN:
        return word
    near = process.extract(word, _FUZZY_WORDS, scorer=OSA.distance, score_cutoff=1, limit=8)
    if len(word) < _SHORTEST_TO_CHANGE:
        near = [found for found in near if len(found[0]) > len(word)]  # a letter was left out
    meanings = {_FUZZY[found] for found, _, _ in near}
    return str(near[0][0]) if len(meanings) == 1 else word
