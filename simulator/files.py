"""Files that went up or down, kept in memory for as long as the simulator runs."""

import hashlib
import mimetypes
from dataclasses import dataclass

from simulator.refusals import Json, RefusalError, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True)
class File:
    """One stored file. `size` may be more than is kept: a big made-up file has no bytes until they are asked for."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    size: int

    @property
    def path(self) -> str:
        """Under which the file is downloaded."""
        suffix = "." + self.name.rsplit(".", 1)[1] if "." in self.name else ""
        return f"{self.kind}s/file_{self.unique_id}{suffix}"

    def body(self) -> bytes:
        return self.content if len(self.content) == self.size else self.content.ljust(self.size, b"\0")

    def short(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def view(self) -> Json:
        """The Bot API's object for this kind of file."""
        view: Json = self.short()
        if self.kind in ("photo", "video", "animation", "sticker"):
            view |= {"width": 512, "height": 512}
        if self.kind in ("video", "animation", "audio", "voice", "video_note"):
            view["duration"] = 3
        if self.kind in ("video", "animation", "audio", "voice", "document"):
            view["mime_type"] = self.mime
        if self.kind in ("video", "animation", "audio", "document"):
            view["file_name"] = self.name
        if self.kind == "video_note":
            view["length"] = 240
        if self.kind == "sticker":
            view |= {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
        return view


_USUAL = {
    "photo": ("photo.png", "image/png"),
    "video": ("video.mp4", "video/mp4"),
    "animation": ("animation.mp4", "video/mp4"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "voice": ("voice.ogg", "audio/ogg"),
    "video_note": ("note.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
    "document": ("document.txt", "text/plain"),
}


class Files:
    """Everything stored, by `file_id` and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}

    def add(
        self,
        kind: str,
        content: bytes | None = None,
        *,
        name: str | None = None,
        mime: str | None = None,
        size: int | None = None,
    ) -> File:
        """Store a file; without content a small one is made up, `size` bytes long when that is given."""
        usual_name, usual_mime = _USUAL.get(kind, ("file.bin", "application/octet-stream"))
        if content is None:
            content = PIXEL if kind in ("photo", "sticker") else b"simulated"
        name = name or usual_name
        mime = mime or mimetypes.guess_type(name)[0] or usual_mime
        number = len(self._by_id) + 1
        unique = hashlib.sha256(kind.encode() + content + str(size).encode()).hexdigest()[:16]
        file_id = f"SIM{number:06d}-{kind}-{unique}"
        file = File(file_id, f"{unique}{number:04d}", kind, name, mime, content, size or len(content))
        self._by_id[file_id] = file
        self._by_path[file.path] = file
        return file

    def find(self, file_id: str) -> File | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> File | None:
        return self._by_path.get(path)

    def known(self, file_id: str) -> File:
        """The file a bot names. Raises Telegram's refusal for an unknown one."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file

    def upload(self, kind: str, content: bytes, name: str, mime: str) -> File:
        """What a bot sends up. Raises 413 above 50 MB."""
        if len(content) > MAX_UPLOAD:
            raise RefusalError(413, "Request Entity Too Large")
        if not content:
            raise bad_request("file must be non-empty")
        return self.add(kind, content, name=name, mime=mime)

    def describe(self, file_id: str) -> Json:
        """The answer of getFile. Raises "file is too big" above 20 MB."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("invalid file_id")
        if file.size > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {**file.short(), "file_path": file.path}
