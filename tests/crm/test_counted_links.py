"""Counted links: a token is one button's, cannot be made up, and programs that open links are told from people."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm import counted_links
from crm.counted_links import CountedLink, CountedLinks

HERE = CountedLinks("https://go.example.com/salon", b"k" * counted_links.KEY_LENGTH)
ALPHABET = string.ascii_letters + string.digits + "-_"
NUMBERS = st.integers(0, 2**63 - 1)
LINKS = st.builds(
    CountedLink, of=st.sampled_from(["campaign", "scenario"]), number=NUMBERS, part=NUMBERS, place=st.integers(0, 99)
)


def token(link: CountedLink, links: CountedLinks = HERE) -> str:
    return links.url(link).rpartition("/")[2]


def test_the_address_is_short_and_says_nothing_of_the_person() -> None:
    url = HERE.url(CountedLink("campaign", 12, 34567, 0))
    assert url.startswith("https://go.example.com/salon/r/")
    assert len(url) == len("https://go.example.com/salon/r/") + 48
    # The next customer's is another one in every part: whoever has both cannot count what lies between.
    near = HERE.url(CountedLink("campaign", 12, 34568, 0))
    same = sum(a == b for a, b in zip(token_part(url), token_part(near), strict=True))
    assert same < 12


def token_part(url: str) -> str:
    return url.rpartition("/")[2]


@settings(max_examples=100)
@given(LINKS)
def test_what_was_made_here_is_read(link: CountedLink) -> None:
    assert HERE.read(token(link)) == link


def test_a_letter_changed_anywhere_makes_it_nobodys() -> None:
    good = token(CountedLink("scenario", 7, 1, 2))
    for place, letter in enumerate(good):
        other = ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]
        assert HERE.read(good[:place] + other + good[place + 1 :]) is None


@pytest.mark.parametrize("text", ["", "a", "A" * 48, "A" * 47, "A" * 49, "я" * 48, "=" * 48, "A" * 47 + "\n"])
def test_what_is_no_token_is_nobodys(text: str) -> None:
    assert HERE.read(text) is None


def test_a_token_has_one_spelling() -> None:
    """The same bytes in another alphabet, or with something after them, are not the token."""
    spelt = next(one for n in range(200) if {"-", "_"} <= set(one := token(CountedLink("campaign", n, n, 0))))
    assert HERE.read(spelt.replace("-", "+").replace("_", "/")) is None
    assert HERE.read(spelt + "=") is None


def test_another_bots_token_is_nobodys() -> None:
    other = CountedLinks("https://go.example.com/salon", b"o" * counted_links.KEY_LENGTH)
    assert HERE.read(token(CountedLink("campaign", 1, 1, 0), other)) is None


def test_the_secret_is_not_shown() -> None:
    assert "kkkk" not in repr(HERE)


def test_buttons_that_lead_to_no_page_keep_what_they_do() -> None:
    targets = [None, "https://example.com", "https://t.me/salon", "tg://resolve?domain=salon", "https://example.org"]
    assert set(HERE.urls("campaign", 1, 2, targets)) == {1, 4}
    assert HERE.uncounted(targets) == {1: "https://example.com", 4: "https://example.org"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "https://[bad", "https://example.com:port/", ""])
def test_what_is_no_page_is_not_led_to(url: str) -> None:
    assert not counted_links.can_be_counted(url)


@pytest.mark.parametrize(
    "agent",
    [
        "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0 Safari/537.36",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "WhatsApp/2.23.20.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0.0.0 Safari/537.36",
    ],
)
def test_programs_that_open_links_are_known(agent: str) -> None:
    assert counted_links.is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; SM-S918B) Chrome/121.0 Mobile Safari/537.36 Telegram-Android/10.8.1",
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/110.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:122.0) Gecko/20100101 Firefox/122.0",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 YaBrowser/24.1.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/450.0]",
    ],
)
def test_people_are_not_taken_for_programs(agent: str) -> None:
    assert not counted_links.is_robot(agent)
