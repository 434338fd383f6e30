"""Counted links: a button that opens an address of the bot's own, which notes the press and leads on.

Telegram tells a bot nothing of a press of an address. The token in ours says whose button it is, so that no row is kept
for it; where it leads is not in it, so that nobody can make it lead elsewhere.

A token is made by synthetic initialisation vector (RFC 5297), with HMAC-SHA256 in the place of the block cipher: the
first part authenticates the second, and is what the second is masked with. So a token cannot be made up or altered, and
tells nobody how many customers there are.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import urlsplit

PATH: Final = "/r/"
"""What stands between the public address and the token."""
KEY_LENGTH: Final = 32
Of = Literal["campaign", "scenario"]
_KINDS: Final[tuple[Of, ...]] = ("campaign", "scenario")
_NAMED: Final = struct.Struct(">HQQH")
_MARK_LENGTH: Final = 16
# 36 bytes are 48 letters without a bit to spare: no two texts are the same token.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{48}")
_TELEGRAM: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})
# "CUBOT" makes telephones.
_ROBOT: Final = re.compile(
    r"(?<!cu)bots?\b|crawler|spider|preview|facebookexternalhit|facebookcatalog|whatsapp/|vkshare|slurp|embedly|iframely"
    r"|kakaotalk-scrap|ia_archiver|mediapartners-google|google-inspectiontool|googleother|apis-google|headlesschrome"
    r"|lighthouse|slack-imgproxy",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CountedLink:
    """Whose button: `number` and `part` are those of the message's key, a campaign and a person of it, or a way through a
    scenario and its step; `place` counts the buttons from 0."""

    of: Of
    number: int
    part: int
    place: int


@dataclass(frozen=True, slots=True)
class CountedLinks:
    """What makes counted links and knows its own again: the public address, without a slash at its end, and a secret."""

    address: str
    secret: bytes = field(repr=False)

    def url(self, link: CountedLink) -> str:
        """The address to put under a button: its token is 48 letters, digits, hyphens and underscores."""
        named = _NAMED.pack(_KINDS.index(link.of), link.number, link.part, link.place)
        mark = self._mark(named)
        return f"{self.address}{PATH}{base64.urlsafe_b64encode(mark + self._masked(mark, named)).decode()}"

    def urls(self, of: Of, number: int, part: int, targets: Sequence[str | None]) -> dict[int, str]:
        """The addresses to put under the buttons of a message, by their place: of those that lead to a page. `targets`
        is where each button leads, None for one whose press is not counted so."""
        return {
            place: self.url(CountedLink(of, number, part, place))
            for place, target in enumerate(targets)
            if target is not None and can_be_counted(target)
        }

    def uncounted(self, targets: Sequence[str | None]) -> dict[int, str]:
        """The same buttons under a test message, where no press is to be counted: they lead to the page itself."""
        return {place: target for place, target in enumerate(targets) if target is not None and can_be_counted(target)}

    def read(self, token: str) -> CountedLink | None:
        """Whose button it is; None for a token that was made up, altered, or made with another secret."""
        if not _TOKEN.fullmatch(token):
            return None
        whole = base64.urlsafe_b64decode(token)
        mark = whole[:_MARK_LENGTH]
        named = self._masked(mark, whole[_MARK_LENGTH:])
        if not hmac.compare_digest(mark, self._mark(named)):
            return None
        kind, number, part, place = _NAMED.unpack(named)
        return CountedLink(_KINDS[kind], number, part, place)

    def _mark(self, named: bytes) -> bytes:
        return hmac.digest(self.secret, b"mark" + named, hashlib.sha256)[:_MARK_LENGTH]

    def _masked(self, mark: bytes, text: bytes) -> bytes:
        mask = hmac.digest(self.secret, b"mask" + mark, hashlib.sha256)
        return bytes(one ^ other for one, other in zip(text, mask, strict=False))


def can_be_counted(url: str) -> bool:
    """Whether a page can be led to: what Telegram opens by itself is better opened by it, without a browser between."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and host not in _TELEGRAM


def is_robot(user_agent: str) -> bool:
    """Whether a program opened a link by itself, by the name it gives: messengers that draw previews, search engines."""
    return _ROBOT.search(user_agent) is not None
