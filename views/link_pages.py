"""The page a person meets whose link leads nowhere: small, plain, and with the way back to the chat."""

from __future__ import annotations

import html
from typing import Final, Literal

from crm.playbook import Business
from locales import words_in

Why = Literal["gone", "later"]

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:15vh auto;padding:0 1em}"
)


def page(why: Why, business: Business, *, username: str) -> str:
    """HTML in each of the business's languages, since nobody knows whose browser it is. `gone`: the link is no longer
    good; `later`: it cannot be looked up this minute. `username` is the bot's, without @."""
    said = []
    for language in business.languages:
        words = words_in(language)
        # keys: link-gone link-later
        back = words("link-back", business=business.name.say(language))
        chat = f'<a href="https://t.me/{html.escape(username)}">{back}</a>'
        said.append(f'<p lang="{language}">{words(f"link-{why}")}<br>{chat}</p>')
    title = html.escape(business.name.say(business.language))
    return (
        f'<!doctype html><html lang="{business.language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{''.join(said)}</body></html>"
    )
