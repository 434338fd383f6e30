"""An album as a campaign's message: its files come as messages of their own, one after another, and become one letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm import media_groups
from handlers.staff import campaign_words, desk, lookup
from handlers.turns import Turn
from services import campaigning
from services.refusals import Refused
from views.messages import Effect, Say, Screen

_REFUSED: Final = "refused"
"""In the question's state: the album that was refused, of which the other files need no answer."""
_CAPTIONED: Final = "captioned"


async def typed(turn: Turn) -> Sequence[Effect]:
    """What was asked for; of an album, the next of its files."""
    state, album = desk.state(turn), turn.message.media_group_id
    gathered = state.get(desk.GATHERS)
    if album is None and gathered is None:
        return await campaign_words.typed(turn)
    if album is None:
        # The album was the answer, and nothing is asked any more.
        turn.conversation.leave()
        return await lookup.at_rest().handler(turn) if turn.private else []
    if state.get(_REFUSED) == album:
        return []
    if gathered not in (None, album):
        # Telegram makes several albums of more files than fit into one.
        many = turn.words("refused-album-many", most=media_groups.MOST)
        return [Say(Screen(many), key=f"album-many:{state['campaign']}:{album}")]
    return await _gather(turn, album, more=gathered is not None)


async def _gather(turn: Turn, album: str, *, more: bool) -> Sequence[Effect]:
    """Takes a file; the draft's message counts them. What is refused is refused once, with the whole album."""
    state = desk.state(turn)
    number, what = int(state["campaign"]), str(state["what"])
    try:
        if what != "text":
            raise Refused("refused-campaign-album")
        await campaign_words.take_text(turn, number, said=await _joined(turn, number, more=more), more=more)
    except Refused as refusal:
        asked = {name: value for name, value in state.items() if name != desk.GATHERS}
        turn.conversation.enter(campaigning.FLOW, {**asked, _REFUSED: album})
        return [Say(campaign_words.again(turn, what, refusal))]
    captioned = bool(turn.text) or (more and state.get(_CAPTIONED, False))
    turn.conversation.enter(campaigning.FLOW, {**state, desk.GATHERS: album, _CAPTIONED: captioned})
    draft = await campaign_words.screen(turn, number)
    return [Say(draft, key=f"campaign-album:{number}:{album}", revise=True, memo={"campaign": number})]


async def _joined(turn: Turn, number: int, *, more: bool) -> str | None:
    """The caption after those of the album's other files; None where there is none to join."""
    state = desk.state(turn)
    if not (more and turn.text and state.get(_CAPTIONED)):
        return None
    draft = await campaigning.draft(turn.db, turn.staff, number)
    before = draft.letter.variant(state["variant"]).text[campaign_words.asked_language(turn)]
    return f"{before}\n\n{turn.message.html_text}"
