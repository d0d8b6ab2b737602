import stat
from pathlib import Path

import pytest

from storage import keys
from storage.errors import KeyFileError, WordsUnreadableError
from storage.keys import Key

SECRET = b"k" * keys.KEY_BYTES
PLACE, ROW = "goal.text", "7"


@pytest.mark.parametrize(
    ("owner", "place", "row", "secret"),
    [
        pytest.param("ada", PLACE, "8", SECRET, id="in another row"),
        pytest.param("ada", "goal.other", ROW, SECRET, id="in another column"),
        pytest.param("bob", PLACE, ROW, SECRET, id="of another person"),
        pytest.param("ada", PLACE, ROW, b"o" * keys.KEY_BYTES, id="under another key"),
    ],
)
def test_words_do_not_open(owner: str, place: str, row: str, secret: bytes):
    sealed = Key("ada", SECRET).seal(PLACE, ROW, b"run")

    with pytest.raises(WordsUnreadableError):
        Key(owner, secret).open(place, row, sealed)


def test_words_open_where_they_were_sealed():
    key = Key("ada", SECRET)

    assert key.open(PLACE, ROW, key.seal(PLACE, ROW, b"run")) == b"run"


def test_cut_words_do_not_open():
    sealed = Key("ada", SECRET).seal(PLACE, ROW, b"run")

    with pytest.raises(WordsUnreadableError):
        Key("ada", SECRET).open(PLACE, ROW, sealed[:20])


def test_the_same_words_are_never_sealed_alike():
    key = Key("ada", SECRET)

    assert key.seal(PLACE, ROW, b"run") != key.seal(PLACE, ROW, b"run")


def test_a_new_master_key_is_for_its_owner_only(tmp_path: Path):
    path = tmp_path / "rein" / "master.key"

    keys.load(path, may_create=True)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not keys.others_can_read(path)


def test_a_master_key_that_others_can_read_is_noticed(tmp_path: Path):
    path = tmp_path / "master.key"
    keys.load(path, may_create=True)
    path.chmod(0o644)

    assert keys.others_can_read(path)


def test_the_same_file_opens_what_it_closed(tmp_path: Path):
    path = tmp_path / "master.key"
    wrapped = keys.load(path, may_create=True).new_wrapped_key("ada")

    key = keys.load(path, may_create=False).key_of("ada", wrapped)

    assert key.owner == "ada"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\n", id="an empty line"),
        pytest.param(b"c2hvcnQ=\n", id="too short"),
        pytest.param(b"not base64!\n", id="not base64"),
        pytest.param(b"\xff" * 44, id="not text"),
    ],
)
def test_a_file_that_holds_no_key_is_refused_by_name(tmp_path: Path, content: bytes):
    path = tmp_path / "master.key"
    path.write_bytes(content)

    with pytest.raises(KeyFileError, match=rf"MASTER_KEY_FILE {path}: expected 32 bytes"):
        keys.load(path, may_create=True)


def test_a_key_file_that_cannot_be_written_is_read(tmp_path: Path):
    path = tmp_path / "master.key"
    keys.load(path, may_create=True)
    path.chmod(0o400)

    keys.load(path, may_create=True)


def test_a_file_that_a_dying_process_left_empty_is_filled(tmp_path: Path):
    path = tmp_path / "master.key"
    path.touch()
    wrapped = keys.load(path, may_create=True).new_wrapped_key("ada")

    assert keys.load(path, may_create=True).key_of("ada", wrapped).owner == "ada"


def test_an_empty_file_is_no_key_where_it_must_be_given(tmp_path: Path):
    (tmp_path / "mounted").touch()

    with pytest.raises(KeyFileError, match="expected 32 bytes"):
        keys.load(tmp_path / "mounted", may_create=False)


def test_a_missing_key_is_not_made_where_it_must_be_given(tmp_path: Path):
    with pytest.raises(KeyFileError, match="no such file"):
        keys.load(tmp_path / "mounted", may_create=False)


def test_a_key_that_cannot_be_written_is_refused_by_name(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(KeyFileError):
        keys.load(tmp_path / "file" / "master.key", may_create=True)


def test_a_folder_is_no_key(tmp_path: Path):
    with pytest.raises(KeyFileError, match="directory"):
        keys.load(tmp_path, may_create=True)


def test_words_are_not_shown_when_their_wrapping_is():
    assert "secret" not in repr(keys.Words(Key("ada", SECRET), ROW, b"secret"))
