"""`python -m simulator`: serve a Telegram on this desk until stopped."""

import argparse
import asyncio
import json
import signal
import sys
import time
from pathlib import Path

from simulator.flood import FloodLimits
from simulator.refusals import ControlError
from simulator.server import Simulator, running
from simulator.world import DEFAULT_TOKEN

_EPOCH = 1_790_000_000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8081, help="port; 0 takes a free one (default: 8081)")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the bot's token (default: %(default)s)")
    parser.add_argument("--seed", type=Path, metavar="FILE", help="JSON with people and chats to begin with")
    parser.add_argument("--no-flood", action="store_true", help="never answer 429 by itself")
    parser.add_argument("--calls", type=int, default=50_000, help="how many calls the log keeps (default: 50000)")
    return parser.parse_args()


def seed(simulator: Simulator, file: Path) -> None:
    """Create `people` and `chats` of a JSON file, as the control API would."""
    wanted = json.loads(file.read_text(encoding="utf-8"))
    for person in wanted.get("people", ()):
        simulator.world.add_person(person)
    for chat in wanted.get("chats", ()):
        simulator.world.add_chat(chat)


async def _serve(options: argparse.Namespace) -> None:
    # Message ids go on from run to run, so that a bot which kept its database is not confused.
    simulator = Simulator(
        options.token,
        flood=FloodLimits(enabled=not options.no_flood),
        keep_calls=options.calls,
        first_message_id=max(1, int(time.time() - _EPOCH) // 10),
    )
    if options.seed:
        seed(simulator, options.seed)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(simulator, host=options.host, port=options.port):
        sys.stdout.write(f"Chat page:  {simulator.url}/\nBot API:    {simulator.url}\nToken:      {options.token}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    options = _options()
    try:
        asyncio.run(_serve(options))
    except (OSError, ValueError, ControlError) as error:
        sys.exit(f"The simulator cannot start: {error}")


if __name__ == "__main__":
    main()
