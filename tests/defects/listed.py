"""The defects that the promises of Rein were designed against, each with who sees it."""

from tests.defects.planting import Defect

LISTED = (
    Defect(
        "confirm before insert",
        "bot/telegram/listen.py",
        "            await self._reception.take_in_the_end(updates)\n",
        "            await self._poll(_next_offset(updates))\n"
        "            await self._reception.take_in_the_end(updates)\n",
        ("tests/bot/telegram/test_listen.py::test_updates_are_stored_before_they_are_confirmed",),
    ),
    Defect(
        "no dedup key",
        "storage/outbox.py",
        "        for letter in letters\n",
        "        for letter in (\n"
        '            __import__("dataclasses").replace(one, dedup_key=f"{one.dedup_key}#{place}")\n'
        '            for place, one in enumerate(letters, __import__("random").getrandbits(60))\n'
        "        )\n",
        ("tests/storage/test_outbox.py::test_a_letter_that_is_put_again_is_not_new[sqlite]",),
    ),
    Defect(
        "send before commit",
        "storage/outbox.py",
        "    .values(state=State.SENDING, attempts=OUTBOX.c.attempts + 1)\n",
        "    .values(attempts=OUTBOX.c.attempts + 1)\n",
        ("tests/bot/delivery/test_loop.py::test_sending_is_committed_before_the_call",),
    ),
    Defect(
        "unknown treated as new",
        "storage/outbox_care.py",
        "    unknown_now = transaction.run(lost.values(given_up)).rowcount\n",
        "    unknown_now = 0\n",
        (
            "tests/storage/test_outbox.py"
            "::test_after_a_crash_replies_go_again_and_nudges_never[sqlite]",
            "tests/bot/delivery/test_loop.py::test_a_start_repeats_replies_in_doubt_and_no_nudges",
        ),
    ),
    Defect(
        "no escaping",
        "bot/texts/render.py",
        "                return escape(self._words(part))\n",
        "                return self._words(part)\n",
        ("tests/bot/test_render.py::test_no_words_of_anybody_become_markup",),
    ),
    Defect(
        "no splitting",
        "bot/telegram/outbound.py",
        "self._call(chat_id, _fitting(outgoing))",
        "self._call(chat_id, outgoing)",
        ("tests/bot/telegram/test_outbound.py::test_nothing_longer_than_telegram_takes_is_sent",),
    ),
    Defect(
        "logger at INFO for httpx",
        "bot/logs.py",
        '"httpcore", "httpx",',
        '"httpcore",',
        ("tests/bot/test_logs.py::test_a_call_of_httpx_leaves_no_address_even_at_debug",),
    ),
    Defect(
        "text in a log line",
        "bot/worker.py",
        '"error": type(error).__name__}\n    log.error("turn failed"',
        '"error": str(error)}\n    log.error("turn failed"',
        ("tests/bot/test_worker.py::test_no_fault_puts_a_persons_words_into_the_log",),
    ),
    Defect(
        "exception text to Opik",
        "coach/stacks.py",
        '    told = {"exception_type"',
        '    told = {"message": str(error), "exception_type"',
        (
            "tests/coach/test_tracing.py"
            "::test_an_error_is_told_by_type_and_place_and_never_by_its_message",
        ),
    ),
    Defect(
        "history query without user id",
        "storage/messages.py",
        "select(MESSAGE).where(MESSAGE.c.person_id == person.id, MESSAGE.c.at >= moment)",
        "select(MESSAGE).where(MESSAGE.c.at >= moment)",
        ("tests/storage/test_record.py::test_nobody_reads_what_another_said[sqlite]",),
    ),
    Defect(
        "callback owner unchecked",
        "bot/taps.py",
        "    if subjects.maker(transaction, person.id, subject) is None:\n",
        "    if False:\n",
        ("tests/bot/test_conversation.py::test_somebody_elses_stars_change_nothing",),
    ),
    Defect(
        "no model timeout",
        "coach/llm/call.py",
        "asyncio.timeout(self.left.total_seconds())",
        "asyncio.timeout(None)",
        ("tests/coach/llm/test_service.py::test_a_late_call_is_cancelled_at_the_provider",),
    ),
    Defect(
        "reservation omitted",
        "coach/llm/attempts.py",
        "        if self._budget is not None and most:\n",
        "        if False:\n",
        ("tests/coach/llm/test_service.py::test_a_burst_of_three_hundred_stays_within_the_budget",),
    ),
    Defect(
        "soft delete",
        "storage/people.py",
        "    transaction.run(delete(PERSON).where(PERSON.c.id == person.id))\n",
        "    transaction.run(update(PERSON).where(PERSON.c.id == person.id)"
        ".values(reachable=False))\n",
        ("tests/storage/test_erasure.py::test_no_file_keeps_a_byte_of_somebody_erased",),
    ),
    Defect(
        "no instance lock",
        "storage/lock.py",
        "fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)",
        ("tests/storage/test_opening.py::test_a_second_instance_is_told_so[sqlite]",),
    ),
    Defect(
        "retry_after ignored",
        "bot/delivery/verdict.py",
        "return Again(after + GRACE, TOO_FAST)",
        "return Again(GRACE, TOO_FAST)",
        ("tests/bot/delivery/test_loop.py::test_too_fast_makes_that_chat_wait_and_no_other",),
    ),
    Defect(
        "drop_pending_updates=True",
        "bot/telegram/listen.py",
        "drop_pending_updates=False",
        "drop_pending_updates=True",
        ("tests/bot/telegram/test_listen.py::test_polling_asks_for_what_the_design_says",),
    ),
)
