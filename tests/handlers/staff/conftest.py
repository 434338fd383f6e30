"""The room the team's tests happen in."""

from __future__ import annotations

import pytest

from storage.engine import Database
from tests.handlers.staff.rooms import Room, make_room


@pytest.fixture
async def room(database: Database) -> Room:
    return await make_room(database)
