"""Search keys: the forms of a text in which different spellings of one name meet.

A key is made when a row is written and again when it is looked for, because the database's own `LIKE` and `lower()`
know ASCII letters only. Keys are never shown to anybody: what the person typed is kept and shown.

Three keys, each more forgiving than the one before: `label` (one tag, one choice: the same but for case), `fold` (one
name in Russian and in Ukrainian), `latin` (the same name in Latin letters, however it was transliterated).
"""

import re
import unicodedata

NAME_LENGTH = 128
"""How many characters of a name are kept: longer ones do not fit a button or a list."""

_COMBINING = re.compile("[\u0300-\u036f]")
# Nearly every name is made of these only: all are seen, so that nothing needs to be looked up letter by letter.
_ORDINARY = re.compile("[ -~а-яёіїєґА-ЯЁІЇЄҐ’№«»–—]*")
_ORDINARY_WORD = re.compile("[0-9a-zа-яёіїєґ]+")
# What joins the halves of a word: an apostrophe in all its shapes, a hyphen in all of its.
_HYPHENS = "\\-‐‑‒–—―−"
_JOINERS = re.compile(f"['`´‘’ʼ′＇ʹʽ\u02cb{_HYPHENS}]")
_WORD_BREAK = re.compile(rf"[\s{_HYPHENS}]")
_SPACES = re.compile(r"\s+")
# Ukrainian and Russian letters that stand for each other in the same name: Віталій and Виталий, Едуард and Эдуард,
# Лук'янов and Лукьянов, Быков and Биков. Marks above letters (ё, й, ї) are gone before this is applied.
_SAME_LETTERS = str.maketrans({"і": "и", "ы": "и", "є": "е", "э": "е", "ґ": "г", "ь": None, "ъ": None})
# The letters that nearly every name is made of, none of which comes apart into others but й, ё and ї.
_PLAIN = re.compile("[ -~а-яёіїєґА-ЯЁІЇЄҐ]*")
_FOLDED = _SAME_LETTERS | str.maketrans("йёї", "иеи", "'`-")
_FOLDED_APART = _FOLDED | {ord("-"): " "}
# Blank letters and fillers: people use them for an empty-looking name. Unicode calls them letters, so they are listed.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "ёйцукенгшщзхїфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(_QWERTY, _CYRILLIC_KEYS)
# On one key Russian has ы, ъ, э where Ukrainian has і, ї, є.
_TO_QWERTY = str.maketrans(_CYRILLIC_KEYS + "іъєґ", _QWERTY + "s]'\\")

# Each transliteration of a name is brought to one: Yuliya, Yulia and Julia; Dmitriy, Dmitry and Dmitri.
_LATIN_VARIANTS = (
    (re.compile("shch|sch"), "sh"),
    (re.compile("kh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("ck"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("[yj]"), "i"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)


def visible(text: str) -> str:
    """The text without characters that cannot be seen (controls, zero-width, text direction, fillers), spaces single."""
    spaced = _SPACES.sub(" ", text)
    if _ORDINARY.fullmatch(spaced):
        return spaced.strip()
    seen = (
        " " if unicodedata.category(letter) in ("Zs", "Zl", "Zp") else letter
        for letter in spaced
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs") and letter not in _BLANKS
    )
    return _SPACES.sub(" ", "".join(seen)).strip()


def name(text: str) -> str:
    """A person's name as it is kept: visible characters, single spaces, at most `NAME_LENGTH`, capitals repaired.

    Capitals are only touched when there is nothing to lose: all of it is in one case ("иван петров", "ИВАН ПЕТРОВ").
    May be empty, when nothing of the text can be seen.
    """
    seen = unicodedata.normalize("NFC", visible(text))[:NAME_LENGTH].rstrip()
    if seen.islower() or seen.isupper():
        # Not str.title(): it would make М'Ята of м'ята.
        return re.sub(r"[^\s\-]+", lambda word: word[0][0].title() + word[0][1:].lower(), seen)[:NAME_LENGTH]
    return seen


def label(text: str) -> str:
    """The key of a tag or a choice: equal for those who differ in case, spaces or ё/е only."""
    seen = unicodedata.normalize("NFC", visible(text).casefold()).replace("ё", "е")
    return unicodedata.normalize("NFC", seen)


def fold(text: str) -> str:
    """The key of a name or any other words: ru and uk spellings meet, whatever the case, accents, apostrophes, hyphens.

    Folding what is folded changes nothing. Punctuation other than apostrophes and hyphens stays.
    """
    if _PLAIN.fullmatch(text):
        return " ".join(text.lower().translate(_FOLDED).split())
    return _fold_any(text)


def _fold_any(text: str) -> str:
    """The same for letters of any script; the plain ones need a tenth of the time."""
    # Folding the case may compose what decomposes again (İ, ﬃ), hence normalised on both sides of it.
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", visible(text)).casefold())
    bare = _JOINERS.sub("", _COMBINING.sub("", spread)).translate(_SAME_LETTERS)
    return visible(unicodedata.normalize("NFC", bare))


def words(text: str) -> list[str]:
    """The folded words of a text, in order. Halves of a double name are two words; signs alone are none.

    Every word is found inside `fold(text)`, so that a word that is looked for may be compared with the whole key.
    """
    if _PLAIN.fullmatch(text):
        return _ORDINARY_WORD.findall(text.lower().translate(_FOLDED_APART))
    return _words_of_any(text)


def _words_of_any(text: str) -> list[str]:
    return [folded for part in _WORD_BREAK.split(visible(text)) for folded in _words_of(fold(part))]


def _words_of(folded: str) -> list[str]:
    if _ORDINARY_WORD.fullmatch(folded):
        return [folded]
    found: list[str] = []
    word = ""
    for letter in folded:
        # Letters, digits, marks, and symbols such as emoji, which some people have for a name.
        if unicodedata.category(letter)[0] in "LNM" or unicodedata.category(letter) == "So":
            word += letter
        elif word:
            found.append(word)
            word = ""
    if word:
        found.append(word)
    return found


def latin(text: str) -> str:
    """The key of a name in Latin letters: lower case, ASCII, one for all transliterations ("ivanov" meets Иванов)."""
    import anyascii  # here, because it takes 40 ms and `check` never looks for anybody

    key = _JOINERS.sub("", anyascii.anyascii(fold(text)).lower())
    for variant, one in _LATIN_VARIANTS:
        key = variant.sub(one, key)
    return _SPACES.sub(" ", key).strip()


def layout(text: str) -> str:
    """The folded text as it would read had the keyboard been switched: "bdfyjd" is "иванов", "шмфтщм" is "ivanov"."""
    typed = visible(text).casefold()
    return fold(typed.translate(_TO_QWERTY if re.search("[а-яёіїєґ]", typed) else _TO_CYRILLIC))


def digits(text: str) -> str:
    """The digits of a text as ASCII, whatever script they are written in."""
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())
