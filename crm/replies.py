"""Words people type instead of pressing a button: yes, no, back, skip, done, cancel, in three languages.

Only a message that is nothing but such a word counts, so that no answer is mistaken for a command.
"""

from __future__ import annotations

from typing import Final, Literal

from crm import folding

Reply = Literal["yes", "no", "back", "skip", "done", "cancel"]

_WORDS: Final[dict[Reply, str]] = {
    "yes": "да ага угу верно правильно подтверждаю согласен согласна ок окей конечно "
    "так вірно правильно підтверджую згоден згодна звісно авжеж yes yep yeah ok okay sure agree correct + 👍",
    "no": "нет не неа нету ні нема немає no nope none - — нет, ні,",
    "back": "назад вернуться повернутися back",
    "skip": "пропустить пропусти пропуск дальше далее пропустити далі skip next",
    "done": "готово всё все это всё це все done ready finish",
    "cancel": "отмена отменить отмени скасувати скасуй відміна відмінити cancel stop стоп",
}
_BY_WORD: Final[dict[str, Reply]] = {word: reply for reply, words in _WORDS.items() for word in words.split()}


def read(text: str) -> Reply | None:
    """The reply a message consists of, or None."""
    if len(text) > 40:
        return None
    return _BY_WORD.get(folding.visible(text).casefold().rstrip(".! "))
