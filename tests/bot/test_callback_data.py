from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callback_data
from bot.callback_data import About, OfSubject, Reason, Stars, Tap
from bot.journey import aspects
from bot.journey.events import Occasion, Rated, Subject

BIGINT = 2**63 - 1
numbers, versions = st.integers(0, BIGINT), st.integers(1, 36**2 - 1)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2999, 12, 31))
whole = [rated for rated in Rated if rated is not Rated.PROGRESS]
subjects = st.builds(Subject, st.sampled_from(whole), numbers, versions)
sessions = st.builds(Subject, st.just(Rated.PROGRESS), numbers, versions, days, st.integers(0, 9))


@st.composite
def opinions(draw: st.DrawFn) -> OfSubject:
    """Draw a button that is there: to begin, to answer or skip a question, to comment."""
    subject = draw(st.one_of(subjects, sessions))
    offered = [("rm", ""), ("rc", "")]
    for aspect in aspects.ASPECTS[subject.rated]:
        answers = ("", *aspect.answers)
        offered += [("rm", aspect.code), *(("ra", f"{aspect.code}{one}") for one in answers)]
    action, argument = draw(st.sampled_from(offered))
    return OfSubject(action, subject, argument)


arguments = st.text("abz019.-_", max_size=12)
occasions = st.builds(Occasion, st.integers(0, BIGINT), st.dates(max_value=date(2999, 12, 31)))
choices = st.one_of(
    st.builds(
        Tap,
        st.from_regex(r"[a-qs-z][a-z]", fullmatch=True).filter(
            lambda action: action not in callback_data.OCCASIONS
        ),
        st.integers(0, 36**6),
        arguments,
    ),
    st.builds(About, st.sampled_from(sorted(callback_data.OCCASIONS)), occasions, st.just("no")),
    st.builds(Stars, subjects, st.integers(1, 5)),
    st.builds(Reason, subjects, st.from_regex(r"[a-z]{2}", fullmatch=True)),
    opinions(),
)


@given(choices)
def test_what_is_written_is_read_back(choice: callback_data.Choice) -> None:
    written = callback_data.encode(choice)

    assert callback_data.decode(written) == choice
    assert len(written) <= callback_data.LONGEST
    assert written.isascii()


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        pytest.param(Tap("rv", 371, "ok"), "1:rv:ab:ok", id="a tap"),
        pytest.param(Tap("cs", 0), "1:cs:0:", id="no argument"),
        pytest.param(Stars(Subject(Rated.PLAN, 36, 2), 5), "1:rt:p10.2:5", id="stars"),
        pytest.param(
            OfSubject("ra", Subject(Rated.REPLY, 36, 1), "h1"), "1:ra:c10.1:h1", id="an answer"
        ),
        pytest.param(
            OfSubject("ra", Subject(Rated.PROGRESS, 36, 1, date(2026, 11, 24), 2), "d5"),
            "1:ra:g10.1.fuy02:d5",
            id="how hard a session was",
        ),
        pytest.param(Reason(Subject(Rated.RESOLUTION, 7, 1), "ge"), "1:rr:r7.1:ge", id="a reason"),
    ],
)
def test_data_reads_as_the_design_says(choice: callback_data.Choice, written: str) -> None:
    assert callback_data.encode(choice) == written


@given(st.one_of(st.text(max_size=80), st.from_regex(r"1:(rt|rr|r[amc]|[a-z]{2}):[a-z0-9.]*:.*")))
def test_any_bytes_are_read_or_refused_without_an_error(written: str) -> None:
    choice = callback_data.decode(written)

    assert choice is None or callback_data.decode(callback_data.encode(choice)) == choice


@pytest.mark.parametrize(
    "written",
    [
        "", "1", "2:rv:1:ok", "1:rt:p1.1:6", "1:rt:p1.1:0", "1:rt:x1.1:5", "1:rt:p1:5",
        "1:rt:p1.0:5", "1:rr:p1.1:", "1:rv:1.1:ok", "1:rv:1:a:b", "1:rv::ok", "1:RV:1:ok",
        "1:ra:p1.1:f6", "1:ra:p1.1:f0", "1:ra:p1.1:u1", "1:ra:c1.1:h2", "1:ra:c1.1:h01",
        "1:ra:c1.1:", "1:ra:c1.1.fuy02:h1", "1:ra:g1.1:d1", "1:ra:g1.1.fuy02:p60",
        "1:ra:s1.1:h1", "1:rm:c1.1:x", "1:rm:s1.1:h", "1:rc:c1.1:x", "1:rt:g1.1.fuy02:5",
        "1:rr:g1.1.fuy02:ge",
        "1:rv:1:ok\n", "1:rv:-1:ok", "1:rv:1:" + "x" * 40, "1:rv:1:\u0661", "1:rt:p1.1:\u0665",
    ],
)  # fmt: skip
def test_forged_data_means_nothing(written: str) -> None:
    assert callback_data.decode(written) is None


@pytest.mark.parametrize(
    "choice",
    [
        Tap("rating", 1),
        Tap("rv", -1),
        Tap("rv", 1, "a:b"),
        Tap("rt", 1, "x"),
        Stars(Subject(Rated.PLAN, 1, 1), 6),
    ],
)
def test_a_button_that_could_not_come_back_is_refused(choice: callback_data.Choice) -> None:
    with pytest.raises(callback_data.CallbackDataError):
        callback_data.encode(choice)
