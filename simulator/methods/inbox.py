"""Where updates go: a webhook or nobody yet. (getUpdates waits, so the server answers it itself.)"""

import re
from urllib.parse import urlsplit

from simulator.methods.registry import method
from simulator.parameters import Parameters
from simulator.refusals import Json, bad_request
from simulator.updates import KINDS
from simulator.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def allowed_updates(parameters: Parameters) -> list[str] | None:
    """The kinds asked for; unknown names are ignored, as Telegram ignores them."""
    given = parameters.object("allowed_updates") if "allowed_updates" in parameters.values else None
    if given is None:
        return None
    if not isinstance(given, list):
        raise bad_request("can't parse allowed_updates: Expected an Array of String")
    return [str(kind) for kind in given if kind in KINDS]


@method("setWebhook")
def set_webhook(world: World, parameters: Parameters) -> bool:
    url = parameters.text("url") or ""
    if not url:
        return delete_webhook(world, parameters)
    parts = urlsplit(url)
    # A self-hosted Bot API server takes plain HTTP to its own machine, and so does this one.
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in _LOCAL):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = parameters.text("secret_token") or ""
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.integer("max_connections") or 40
    world.updates.allow(allowed_updates(parameters))
    if parameters.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook.set(url, secret, min(max(connections, 1), 100))
    return True


@method("deleteWebhook")
def delete_webhook(world: World, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook.set("", "", 40)
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, parameters: Parameters) -> Json:
    return world.webhook.info()
