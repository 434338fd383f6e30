"""The limiter: never more than Telegram allows in any second, whatever the jitter, and hardly less."""

from __future__ import annotations

import heapq
import itertools
import math
import random

import pytest

from scheduler.limiter import Limiter


class Server:
    """Simulated time: messages leave when the limiter lets them, arrive somewhat later, and are answered."""

    def __init__(self, *, rate: float = 30, seed: int = 7, stalls: bool = False) -> None:
        self.now = 1000.0
        self.limiter = Limiter(rate=rate, monotonic=lambda: self.now)
        self.chance = random.Random(seed)
        self.stalls = stalls
        self.arrivals: list[float] = []
        self.replies: list[float] = []
        self._coming: list[tuple[float, int, int]] = []

    def run(
        self, seconds: float, *, chats: int = 100_000, album: int = 1, albums: float = 0.0, bulk: bool = False
    ) -> None:
        """Sends all it may for so long, each message to another chat; a share of them albums of so many files."""
        end, chat = self.now + seconds, 0
        size = 1
        while self.now < end:
            self._replied()
            wait = self.limiter.wait(size, bulk=bulk)
            if wait == 0:
                chat += 1
                self.limiter.begin(chat % chats, size)
                self._leaves(chat % chats, size)
                size = album if self.chance.random() < albums else 1
                continue
            moments = [self.now + wait]
            if self._coming:
                moments.append(self._coming[0][0])
            self.now = max(min(moments), self.now + 1e-6)
            if self.stalls and self.chance.random() < 0.02:
                self.now += self.chance.uniform(0, 0.4)

    def random_arrivals(self, rate: float, *, seconds: float, amid_bulk: bool = False) -> list[float]:
        """How long each of those that come at random, so many a second, waits to leave; sorted. `amid_bulk`: while whatever
        they leave is taken by bulk."""
        due, waits = [self.now + self.chance.expovariate(rate)], []
        while due[-1] < self.now + seconds:
            due.append(due[-1] + self.chance.expovariate(rate))
        chats = itertools.count()
        while due:
            self._replied()
            is_bulk = due[0] > self.now
            wait = self.limiter.wait(bulk=is_bulk) if amid_bulk or not is_bulk else math.inf
            if wait == 0:
                chat = next(chats)
                self.limiter.begin(chat)
                self._leaves(chat, 1)
                if not is_bulk:
                    waits.append(self.now - due.pop(0))
                continue
            moments = [self.now + wait, *(one[0] for one in self._coming[:1]), *([due[0]] if is_bulk else [])]
            self.now = max(min(moments), self.now + 1e-6)
        return sorted(waits)

    def _replied(self) -> None:
        while self._coming and self._coming[0][0] <= self.now:
            _, to, size = heapq.heappop(self._coming)
            self.limiter.end(to, size)

    def _leaves(self, chat: int, size: int) -> None:
        there, reply = self.chance.uniform(0, 0.04), self.chance.uniform(0.06, 0.12)
        self.arrivals += [self.now + there * 0.9] * size
        self.replies.append(reply)
        heapq.heappush(self._coming, (self.now + max(reply, there), chat, size))

    def worst_second(self) -> int:
        times, worst, first = sorted(self.arrivals), 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1.0:
                first += 1
            worst = max(worst, last - first + 1)
        return worst


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("stalls", [False, True])
def test_no_second_on_the_server_holds_more_than_thirty(seed: int, stalls: bool) -> None:
    """Network jitter and a loop that is held up for a while do not break it."""
    server = Server(seed=seed, stalls=stalls)
    server.run(120)
    assert server.worst_second() <= 30


@pytest.mark.parametrize("bulk", [False, True])
def test_the_rate_is_what_the_replies_allow(bulk: bool) -> None:
    server = Server()
    server.run(120, bulk=bulk)
    mean = sum(server.replies) / len(server.replies)
    assert len(server.arrivals) / 120 >= 0.97 * 30 / (1 + mean)


def test_a_few_that_are_due_together_leave_together_and_never_all_slots_at_once() -> None:
    server = Server()
    assert server.limiter.free() == 8
    for chat in range(8):
        server.limiter.begin(chat)
    assert server.limiter.free() == 0
    assert 0 < server.limiter.wait() < 2 / 30
    server.now += 0.5
    assert server.limiter.free() >= 5


@pytest.mark.parametrize("share", [1 / 3, 1 / 2])
def test_what_comes_at_random_below_the_limit_hardly_waits(share: float) -> None:
    """Evenly spread is not what reminders are: three in a tenth of a second are common at half of the limit."""
    server = Server()
    waits = server.random_arrivals(share * 30, seconds=600)
    assert waits[int(len(waits) * 0.99)] < 0.05


def test_while_bulk_takes_all_there_is_an_answer_hardly_waits() -> None:
    """From the first moment of a campaign on, though half of all that leaves are answers that come at random."""
    server = Server()
    waits = server.random_arrivals(13, seconds=600, amid_bulk=True)
    assert waits[len(waits) // 2] < 0.01
    assert waits[int(len(waits) * 0.99)] < 0.13
    mean = sum(server.replies) / len(server.replies)
    assert len(server.arrivals) / 600 >= 0.97 * 30 / (1 + mean)


def test_one_chat_is_written_to_once_a_second_counted_from_the_reply() -> None:
    server = Server()
    limiter = server.limiter
    limiter.begin(7)
    assert limiter.busy_chats() == {7}
    server.now += 0.5
    limiter.end(7)
    server.now += 0.99
    assert limiter.busy_chats() == {7}
    server.now += 0.02
    assert limiter.busy_chats() == set()


def test_a_chat_that_has_become_free_since_it_was_found_busy_is_a_change() -> None:
    server = Server()
    server.limiter.begin(7)
    server.limiter.end(7)
    server.now += 0.99
    assert server.limiter.busy_chats() == {7}
    assert server.limiter.next_chat() == pytest.approx(0.01)
    server.now += 0.05
    assert server.limiter.next_chat() == 0


def test_a_group_gets_twenty_a_minute() -> None:
    server = Server()
    limiter, sent, start = server.limiter, 0, server.now
    while server.now < start + 60:
        if -5 not in limiter.busy_chats():
            limiter.begin(-5)
            server.now += 0.05
            limiter.end(-5)
            sent += 1
        server.now += 0.05
    assert sent == 20


def test_a_refusal_of_one_chat_silences_that_chat_only() -> None:
    """However often it is repeated."""
    server = Server()
    for _ in range(5):
        server.limiter.silence(7, 3)
    server.now += 2.9
    assert server.limiter.busy_chats() == {7}
    assert server.limiter.free() > 0
    server.now += 0.2
    assert server.limiter.busy_chats() == set()


def test_refusals_of_several_chats_silence_everything_until_the_last_word_is_over() -> None:
    server = Server()
    for chat in (1, 2, 3):
        server.limiter.silence(chat, 37)
    server.now += 36.9
    assert server.limiter.free() == 0
    assert server.limiter.silent_for == pytest.approx(0.1)
    server.now += 0.2
    assert server.limiter.free() > 0


def test_refusals_far_apart_are_not_several() -> None:
    server = Server()
    for chat in (1, 2, 3):
        server.limiter.silence(chat, 1)
        server.now += 40
    assert server.limiter.free() > 0


def test_one_refusal_in_bulk_silences_everything() -> None:
    server = Server()
    server.limiter.silence(1, 37, bulk=True)
    assert server.limiter.free() == 0


def test_a_slot_that_was_not_used_is_free_at_once() -> None:
    server = Server(rate=1)
    server.limiter.begin(7)
    server.limiter.give_back(7)
    server.now += 1
    assert server.limiter.free() == 1
    assert server.limiter.busy_chats() == set()


@pytest.mark.parametrize("albums", [0.3, 1.0])
def test_albums_count_as_their_files_and_no_second_holds_more_than_thirty(albums: float) -> None:
    """An album waits until there is room for all of it; what is small does not pass it by for ever."""
    server = Server(stalls=True)
    server.run(60, album=10, albums=albums)
    assert server.worst_second() <= 30
    assert len(server.arrivals) / 60 > 20


def test_after_an_album_its_chat_is_left_alone_for_a_second_a_file() -> None:
    server = Server()
    server.limiter.begin(7, 4)
    server.limiter.end(7, 4)
    server.now += 3.9
    assert server.limiter.busy_chats() == {7}
    server.now += 0.2
    assert server.limiter.busy_chats() == set()


def test_an_album_waits_for_slots_that_others_have() -> None:
    server = Server(rate=10)
    limiter = server.limiter
    for chat in range(5):
        limiter.begin(chat)
    assert limiter.wait(6) == float("inf"), "only a reply frees a slot"
    limiter.end(0)
    assert limiter.wait(6) == pytest.approx(1.0)
    server.now += 1.0
    assert limiter.wait(6) == 0


def test_an_album_larger_than_the_rate_takes_all_there_is() -> None:
    server = Server(rate=3)
    limiter = server.limiter
    limiter.begin(1)
    assert limiter.wait(10) > 0
    limiter.end(1)
    server.now += 1.0
    assert limiter.wait(10) == 0
    limiter.begin(7, 10)
    assert limiter.wait() == float("inf")
    limiter.give_back(7, 10)
    server.now += 10
    assert limiter.wait() == 0


def test_what_was_claimed_and_has_not_begun_holds_its_chat_and_no_slot() -> None:
    limiter = Server(rate=1).limiter
    limiter.hold(7)
    assert limiter.busy_chats() == {7}
    assert limiter.wait() == 0
    limiter.give_back(7)
    assert limiter.busy_chats() == set()
    assert limiter.wait() == 0


def test_what_is_over_is_forgotten() -> None:
    """A year of chats costs no memory."""
    server = Server()
    for chat in range(-50, 50):
        server.limiter.begin(chat)
        server.limiter.end(chat)
    server.now += 120
    server.limiter.busy_chats()
    assert not server.limiter._chats
    assert not server.limiter._begun
    assert not server.limiter._groups
