"""HTML as Telegram reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.entities import detect, parse_html, trim, units
from simulator.refusals import RefusalError
from simulator.rendering import html


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("Ї<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=?>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(RefusalError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<STRONG>x</strong>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', "text_link"),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', "custom_emoji"),
        ('<tg-time unix="1790000000">x</tg-time>', "date_time"),
    ],
)
def test_every_supported_tag_becomes_its_entity(source: str, kind: str) -> None:
    text, entities = parse_html(source)
    assert text == "x"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [(kind, 0, 1)]


def test_only_four_named_references_and_numeric_ones_are_known() -> None:
    text, _ = parse_html("&lt;&gt;&amp;&quot;&#39;&#x26; &nbsp; &copy; R&D & Co")
    assert text == "<>&\"'& &nbsp; &copy; R&D & Co"


def test_offsets_count_utf16_units() -> None:
    _, entities = parse_html("😀 <b>Оля</b>")
    assert (entities[0]["offset"], entities[0]["length"]) == (3, 3)
    assert units("😀я") == 3


def test_a_pre_with_a_language_keeps_it() -> None:
    _, entities = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_a_link_to_nowhere_loses_its_link_and_keeps_its_text() -> None:
    assert parse_html('<a href="not a link">x</a>') == ("x", [])
    mention = parse_html('<a href="tg://user?id=42">Olga</a>')[1][0]
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", 42)


def test_blanks_at_both_ends_go_and_entities_move_along() -> None:
    text, entities = parse_html("\n <b> hi </b> \n")
    assert trim(text, entities) == ("hi", [{"type": "bold", "offset": 0, "length": 2}])


def test_the_server_finds_commands_mentions_tags_links_and_mail_by_itself() -> None:
    text = "/start hi @ivan #vip see example.com or a@b.com, https://x.org/a."
    found = {text[e["offset"] : e["offset"] + e["length"]]: e["type"] for e in detect(text, [])}
    assert found == {
        "/start": "bot_command",
        "@ivan": "mention",
        "#vip": "hashtag",
        "example.com": "url",
        "a@b.com": "email",
        "https://x.org/a": "url",
    }


def test_nothing_is_found_inside_code() -> None:
    text, entities = parse_html("<code>/start</code>")
    assert [e["type"] for e in detect(text, entities)] == ["code"]


@given(st.text(max_size=60))
def test_escaped_text_is_always_read_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<b>{escaped}</b>")[0] == text


@given(
    st.text(alphabet="ab<>&\"'😀я\n", max_size=20),
    st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["bold", "text_link", "spoiler", "pre", "url", "hashtag"]),
                "offset": st.integers(0, 25),
                "length": st.integers(0, 25),
                "url": st.sampled_from(["javascript:alert(1)", 'https://x/"><script>', "tg://user?id=1"]),
            }
        ),
        max_size=4,
    ),
)
def test_what_the_page_is_given_never_holds_foreign_markup(text: str, entities: list[dict[str, object]]) -> None:
    shown = html(text, entities)
    assert "<script" not in shown
    assert 'href="javascript' not in shown
    for tag in ("b", "a", "span", "pre"):
        assert shown.count(f"<{tag}>") + shown.count(f"<{tag} ") == shown.count(f"</{tag}>")


def test_a_page_gets_escaped_text_and_safe_links() -> None:
    text, entities = parse_html('<b>1 &lt; 2</b> <a href="https://example.com/?q=&quot;">go</a>')
    assert html(text, entities) == (
        '<b>1 &lt; 2</b> <a href="https://example.com/?q=&quot;" rel="noopener noreferrer" target="_blank">go</a>'
    )
