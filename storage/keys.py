"""Keys: who can read what words.

Every person has a data key, drawn at random and kept in the person's row, wrapped by
the master key, which lives in a file outside the database. Words are sealed with
AES-256-GCM under their person's key, and bound to their table, column, row and person:
moved anywhere else, they no longer open. Delete the wrapped key, and the person's words
are noise for good.

Inbox and outbox hold words of people who may not have a row yet (a newcomer has no
consent, a stranger must leave nothing), so these two are sealed with one transport key
of the installation, wrapped the same way. Their words are set to NULL as soon as a row
is finished: the transport key never guards more than what is on its way.
"""

import base64
import binascii
import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import KeyFileError, WordsUnreadableError

KEY_BYTES = 32
NONCE_BYTES = 12
PEOPLE_REMEMBERED = 10_000
_TRANSPORT = "transport"


class Key:
    """A data key and its owner; seals and opens the owner's words."""

    __slots__ = ("_cipher", "owner")

    def __init__(self, owner: str, secret: bytes) -> None:
        self.owner = owner
        self._cipher = AESGCM(secret)

    def seal(self, place: str, row: str, words: bytes) -> bytes:
        """Encrypt *words* for one column and row; the nonce leads the result."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, words, self._bound_to(place, row))

    def open(self, place: str, row: str, sealed: bytes) -> bytes:
        """Decrypt what `seal` made for the same column and row, or raise WordsUnreadableError."""
        nonce, words = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, words, self._bound_to(place, row))
        except InvalidTag:
            raise WordsUnreadableError(place) from None

    def _bound_to(self, place: str, row: str) -> bytes:
        # Place and owner hold no line feed, so no other pair reads the same.
        return f"{place}\n{self.owner}\n{row}".encode()


@dataclass(frozen=True, slots=True)
class Words:
    """Words on their way into a sealed column: what, under whose key, of which row."""

    key: Key
    row: str
    words: bytes = field(repr=False)


class Keyring:
    """The master key; wraps and unwraps the others and remembers those in use."""

    def __init__(self, master: bytes) -> None:
        self._master = Key("master", master)
        self._remembered = lru_cache(PEOPLE_REMEMBERED)(self._unwrap)
        self._transport: Key | None = None
        self._print_key: bytes | None = None

    def fingerprint(self, what: str) -> str:
        """Return a hash of *what* that nobody can make or look up without the transport key.

        That key stays when the master key is changed, and so do hashes that are kept.
        """
        if self._print_key is None:
            raise WordsUnreadableError(_TRANSPORT)
        return hmac.new(self._print_key, what.encode(), hashlib.sha256).hexdigest()

    def new_wrapped_key(self, owner: str) -> bytes:
        """Draw a data key for *owner* and wrap it."""
        return self._master.seal("key", owner, secrets.token_bytes(KEY_BYTES))

    def key_of(self, owner: str, wrapped: bytes) -> Key:
        """Unwrap the key of *owner*; quick when it was used lately."""
        return self._remembered(owner, wrapped)

    def rewrapped(self, owner: str, wrapped: bytes, under: "Keyring") -> bytes:
        """Wrap the same key with another master key, or raise WordsUnreadableError."""
        return under._master.seal("key", owner, self._master.open("key", owner, wrapped))

    def rewrapped_transport_key(self, wrapped: bytes, under: "Keyring") -> bytes:
        """Wrap the installation's transport key with another master key."""
        return self.rewrapped(_TRANSPORT, wrapped, under)

    def new_wrapped_transport_key(self) -> bytes:
        """Draw the installation's transport key and wrap it."""
        return self.new_wrapped_key(_TRANSPORT)

    def take_transport_key(self, wrapped: bytes) -> None:
        """Use the installation's transport key from now on."""
        secret = self._master.open("key", _TRANSPORT, wrapped)
        self._transport = Key(_TRANSPORT, secret)
        self._print_key = hashlib.sha256(b"fingerprint\n" + secret).digest()

    @property
    def transport(self) -> Key:
        """The key of the inbox and the outbox."""
        if self._transport is None:
            raise WordsUnreadableError(_TRANSPORT)
        return self._transport

    def _unwrap(self, owner: str, wrapped: bytes) -> Key:
        return Key(owner, self._master.open("key", owner, wrapped))


def load(path: Path, *, may_create: bool) -> Keyring:
    """Read the master key; draw a new one into a file of mode 0600 if there is none."""
    try:
        text = path.read_bytes() if path.exists() or not may_create else b""
        if may_create and not text:
            text = _draw(path)
    except FileNotFoundError:
        raise KeyFileError(path, "there is no such file") from None
    except OSError as error:
        raise KeyFileError(path, error.strerror or "cannot be used") from error
    with contextlib.suppress(binascii.Error):
        master = base64.b64decode(text.strip(), validate=True)
        if len(master) == KEY_BYTES:
            return Keyring(master)
    raise KeyFileError(path, f"expected {KEY_BYTES} bytes in base64")


def others_can_read(path: Path) -> bool:
    """Tell whether users other than the owner may read the key file."""
    return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _draw(path: Path) -> bytes:
    """Fill a key file that is new, or was left empty by a process that died.

    Two first starts at once must end with one key: the second waits for the first's.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        if not text:
            text = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    return text
