"""What the server answers instead of a result, in Telegram's own words."""

from typing import Any

Json = dict[str, Any]


class RefusalError(Exception):
    """A Bot API error: `code` is both the HTTP status and `error_code`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Json:
        """The body Telegram sends with it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(Exception):
    """What a test or the page asked of the control API cannot be done; `status` is 400, 403, 404 or 409."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def bad_request(words: str) -> RefusalError:
    return RefusalError(400, f"Bad Request: {words}")


def forbidden(words: str) -> RefusalError:
    return RefusalError(403, f"Forbidden: {words}")


def conflict(words: str) -> RefusalError:
    return RefusalError(409, f"Conflict: {words}")


def too_many(retry_after: int) -> RefusalError:
    return RefusalError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def upgraded(new_chat_id: int) -> RefusalError:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return RefusalError(400, description, migrate_to_chat_id=new_chat_id)
