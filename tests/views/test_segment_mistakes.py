"""A mistake in a segment is pointed at, explained and mended, in the reader's language."""

import html
import re

import pytest

from crm import segments
from crm.segments import SegmentError
from locales import LANGUAGES, words_in
from views import segment_mistakes


def mistake_in(text: str) -> SegmentError:
    with pytest.raises(SegmentError) as caught:
        segments.parse(text)
    return caught.value


def pointed_at(error: SegmentError) -> tuple[str, str]:
    """The line that is shown, and what of it stands above the marks."""
    shown = re.fullmatch(r"<pre>(.*)\n( *)(\^+)</pre>", segment_mistakes.pointed(error))
    assert shown is not None
    line = html.unescape(shown[1])
    return line, line[len(shown[2]) : len(shown[2]) + len(shown[3])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mark_is_below_the_mistake_and_the_remedy_beside_it(language: str) -> None:
    error = mistake_in("tag:vip last_purchse>90d")
    assert pointed_at(error) == ("tag:vip last_purchse>90d", "last_purchse>90d")
    assert "<code>tag:vip last_purchase&gt;90d</code>" in segment_mistakes.refused(words_in(language), error)


def test_of_a_long_text_only_what_is_around_the_mistake_is_shown() -> None:
    error = mistake_in(f"{'tag:a ' * 20}requests:many {'tag:b ' * 20}")
    line, marked = pointed_at(error)
    assert marked == "many"
    assert len(line) < 40
    assert line.startswith("…")
    assert line.endswith("…")


@pytest.mark.parametrize("text", ["(tag:vip", "tag:<b>,&amp;,", "status:\n<i>x", "«", "x" * 1500, "requests >"])
def test_markup_and_odd_letters_cannot_break_what_is_shown(text: str) -> None:
    shown = segment_mistakes.refused(words_in("uk"), mistake_in(text))
    assert set(re.findall(r"</?(\w+)", shown)) <= {"pre", "code"}
    assert len(shown) < 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    for reason in segments.REASONS:
        assert segment_mistakes.refused(words_in(language), SegmentError("tga:vip", 0, 7, reason, "tag:vip"))
