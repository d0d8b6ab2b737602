from pathlib import Path

from bot.journey import diagram

PAGE = Path(__file__).parents[3] / "docs" / "architecture.md"


def test_the_picture_in_the_docs_is_the_one_the_table_draws():
    assert f"```mermaid\n{diagram.mermaid()}\n```" in PAGE.read_text(encoding="utf-8")
