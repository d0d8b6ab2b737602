"""What is done every hour: backups of the night, and erasures that files still tell of."""

from datetime import timedelta
from pathlib import Path

from bot import maintenance
from bot.maintenance import Backups
from storage import erasures, opening, people
from storage.opening import Files
from tests import migrated
from tests.bot.fakes import NOON, LeapingClock

KEEP = timedelta(days=14)


async def test_an_hour_brings_a_backup_and_finishes_what_a_crash_cut_off(tmp_path: Path):
    url, nightly = f"sqlite:///{tmp_path}/rein.db", tmp_path / "nightly"
    migrated.put(tmp_path / "rein.db")
    opened = opening.open_for_bot(url, tmp_path / "master.key", NOON, Files(nightly))
    clock, backups = LeapingClock(), Backups(nightly, KEEP)
    old = nightly / f"rein-{clock.now() - KEEP - timedelta(days=1):%Y%m%d}.db"
    nightly.mkdir()
    old.touch()
    ada = await opened.write(lambda t: people.create(t, 7_123_456_789, "en", NOON))
    await maintenance.tidy(opened, url, clock, backups)
    (made,) = nightly.glob("rein-????????.db")
    assert made.name == f"rein-{clock.now():%Y%m%d}.db"
    assert ada.public_id.encode() in made.read_bytes()

    await opened.write(lambda t: people.erase(t, ada, NOON))  # and nothing follows, as in a crash
    await maintenance.tidy(opened, url, clock, backups)

    assert ada.public_id.encode() not in made.read_bytes()
    assert await opened.read(erasures.count) == 0
    opened.close()


async def test_a_backup_that_fails_keeps_no_erasure_from_being_finished(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/rein.db"
    migrated.put(tmp_path / "rein.db")
    opened = opening.open_for_bot(url, tmp_path / "master.key", NOON)
    ada = await opened.write(lambda t: people.create(t, 7_123_456_789, "en", NOON))
    await opened.write(lambda t: people.erase(t, ada, NOON))
    (tmp_path / "nightly").mkdir()
    clock = LeapingClock()
    (tmp_path / "nightly" / f"rein-{clock.now():%Y%m%d}.db.part").mkdir()  # nothing can be written

    await maintenance.tidy(opened, url, clock, Backups(tmp_path / "nightly", KEEP))

    assert await opened.read(erasures.count) == 0
    opened.close()
