"""The page of the benchmarks says what their results say."""

from benchmarks import pages
from benchmarks.__main__ import PARTS

MEASURED = 9


def test_every_table_is_written_from_its_results():
    page = pages.PAGE.read_text(encoding="utf-8")

    assert pages.filled(page, PARTS) == page
    assert page.count("```text") >= MEASURED
