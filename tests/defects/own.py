"""More defects where a promise hangs on one line, each with who sees it."""

from tests.defects.planting import Defect

OWN = (
    Defect(
        "hours of quiet ignored",
        "bot/journey/unasked.py",
        "    if not quiet.holds(_wall(conversation, due.at)):\n",
        "    if True:\n",
        (
            "tests/bot/journey/test_unasked.py"
            "::test_nothing_is_said_in_hours_of_quiet_that_somebody_chose",
        ),
    ),
    Defect(
        "more than one nudge a day",
        "bot/journey/unasked.py",
        "    if any(one.on == today for one in found.nudges):\n",
        "    if False:\n",
        ("tests/bot/journey/test_unasked.py::test_one_thing_a_day_is_enough_and_five_a_week",),
    ),
    Defect(
        "no fading with a habit",
        "bot/journey/unasked.py",
        "_WIDER = ((7, 3), (3, 2))",
        "_WIDER = ((7, 1), (3, 1))",
        ("tests/bot/journey/test_unasked.py::test_a_habit_that_holds_is_asked_about_less_often",),
    ),
    Defect(
        "a nudge in doubt sent again",
        "bot/delivery/verdict.py",
        "                return Lost(cause)\n",
        "                return Again(PAUSE.after(attempts - 1), cause)\n",
        ("tests/bot/delivery/test_verdict.py::test_a_nudge_in_doubt_is_not_sent_again",),
    ),
    Defect(
        "an expired nudge sent",
        "storage/outbox.py",
        "    or_(OUTBOX.c.expires_at.is_(None), OUTBOX.c.expires_at > _NOW),\n",
        "",
        ("tests/storage/test_outbox.py::test_a_letter_whose_time_is_over_is_dropped[sqlite]",),
    ),
    Defect(
        "what an unheard commit took is left",
        "bot/delivery/loop.py",
        "            self._doubt()\n            raise\n",
        "            raise\n",
        (
            "tests/bot/delivery/test_answers.py"
            "::test_what_a_commit_took_that_nobody_heard_of_is_not_left_behind",
        ),
    ),
    Defect(
        "what waits behind a turn forgotten",
        "bot/claiming.py",
        "        more = behind or not waiting.keys() <= hands.busy.union(chats)\n",
        "        more = behind and not waiting\n",
        ("tests/bot/test_worker.py::test_what_waits_behind_a_turn_follows_it",),
    ),
    Defect(
        "a check-in however late",
        "bot/check_ins/sweep.py",
        "    if last is None or now - last[1] > LATEST:\n",
        "    if last is None:\n",
        ("tests/bot/check_ins/test_sweep.py::test_what_is_later_than_two_hours_is_left_out",),
    ),
    Defect(
        "nudges after a block",
        "bot/delivery/ledger.py",
        "            if gone:\n",
        "            if False:\n",
        ("tests/bot/delivery/test_loop.py::test_somebody_unreachable_gets_nothing_more_unasked",),
    ),
    Defect(
        "an update twice",
        "storage/inbox.py",
        '            "key": arrival.key,\n            "chat_id"',
        '            "key": arrival.key + __import__("uuid").uuid4().hex,\n            "chat_id"',
        ("tests/storage/test_inbox.py::test_an_update_that_comes_again_is_not_new[sqlite]",),
    ),
    Defect(
        "no order within a chat",
        "storage/outbox.py",
        "        ~_BEHIND_ANOTHER,\n",
        "",
        (
            "tests/storage/test_outbox.py::test_a_chat_has_one_letter_under_way_and_in_order[sqlite]",
        ),
    ),
    Defect(
        "two turns of a chat at once",
        "bot/claiming.py",
        "        if chat in hands.busy or (alone and chat in hands.suspects):\n",
        "        if alone and chat in hands.suspects:\n",
        ("tests/bot/test_worker.py::test_a_chats_items_have_their_turns_one_after_the_other",),
    ),
    Defect(
        "a poisonous update without end",
        "bot/worker.py",
        "            if item.attempts > MOST_ATTEMPTS:\n",
        "            if False:\n",
        ("tests/bot/test_worker.py::test_an_item_that_three_processes_died_over_is_given_up",),
    ),
    Defect(
        "a model before consent",
        "bot/journey/wording.py",
        "*SAFETY} or not consent.covers(conversation):",
        "*SAFETY}:",
        (
            "tests/bot/journey/test_wording.py::test_a_model_is_asked_only_with_consent_and_out_of_danger",
        ),
    ),
    Defect(
        "danger not looked for",
        "bot/journey/stages/safety.py",
        "    return found.danger not in HARMLESS\n",
        "    return False\n",
        (
            "tests/bot/journey/test_danger.py"
            "::test_in_every_stage_danger_gets_its_fixed_words_and_nothing_else",
        ),
    ),
    Defect(
        "no second look",
        "bot/journey/second_look.py",
        "    return unclear and may_ask_model(conversation)\n",
        "    return False\n",
        (
            "tests/bot/test_traces.py::test_danger_that_the_model_sees_leaves_no_word_of_what_was_thrown_away",
        ),
    ),
    Defect(
        "groups let in",
        "bot/telegram/door.py",
        "        if not envelope.private:\n",
        "        if False:\n",
        ("tests/bot/telegram/test_door.py::test_a_group_is_told_once_and_left",),
    ),
    Defect(
        "strangers let in",
        "bot/access.py",
        "return self.public or user_id in self.allowed or self.is_admin(user_id)",
        "return True",
        (
            "tests/bot/test_access.py::test_with_nothing_said_nobody_comes_in",
            "tests/bot/telegram/test_door.py::test_a_stranger_leaves_no_row_and_gets_one_reply",
        ),
    ),
    Defect(
        "webhook without a secret",
        "bot/http.py",
        "        if not hmac.compare_digest(",
        "        if shown and not hmac.compare_digest(",
        ("tests/bot/test_http.py::test_the_webhook_takes_updates_from_telegram_alone",),
    ),
    Defect(
        "words not bound to their place",
        "storage/keys.py",
        'return f"{place}\\n{self.owner}\\n{row}".encode()',
        'return b""',
        ("tests/storage/test_keys.py::test_words_do_not_open",),
    ),
    Defect(
        "no breaker",
        "coach/llm/attempts.py",
        "        if not self._breaker.admit(self._elapsed()):\n",
        "        if False:\n",
        (
            "tests/coach/llm/test_service.py::test_a_failing_provider_is_left_alone_then_probed_once",
        ),
    ),
    Defect(
        "no cap on spending",
        "storage/spend.py",
        "        if limit.most is not None:\n",
        "        if False:\n",
        (
            "tests/storage/test_spend.py::test_a_limit_may_be_reached_and_not_passed[sqlite]",
            "tests/bot/test_budget.py::test_a_burst_of_three_hundred_calls_stays_under_both_caps",
        ),
    ),
    Defect(
        "a turn outlives an erasure",
        "storage/conversations.py",
        "    if transaction.change(_SAVE, asked) == 0:\n",
        "    if transaction.change(_SAVE, asked) == -1:\n",
        (
            "tests/storage/test_people.py"
            "::test_a_turn_that_began_before_an_erasure_saves_nothing[sqlite]",
        ),
    ),
    Defect(
        "a copy left in the write-ahead file",
        "storage/integrity.py",
        'in_use = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]',
        "in_use = 0",
        ("tests/storage/test_people.py::test_no_file_keeps_an_erased_key",),
    ),
    Defect(
        "an export of everybody",
        "storage/export.py",
        "select(table).where(personal.rows_of(table, person))",
        "select(table)",
        (
            "tests/storage/test_export.py::test_an_export_holds_nothing_of_others_and_no_key[sqlite]",
        ),
    ),
    Defect(
        "words of danger in a trace",
        "coach/tracing.py",
        "        words = self.words and not private\n",
        "        words = self.words\n",
        (
            "tests/bot/test_traces.py::test_danger_that_the_model_sees_leaves_no_word_of_what_was_thrown_away",
        ),
    ),
    Defect(
        "words unmasked in a trace",
        "coach/tracing.py",
        'masked_in(written if isinstance(written, dict) else {"text": written})',
        'written if isinstance(written, dict) else {"text": written}',
        (
            "tests/coach/test_tracing.py::test_words_are_kept_only_where_they_are_wanted_and_leave_masked",
        ),
    ),
    Defect(
        "secrets not redacted",
        "bot/redaction.py",
        "        clean = self._secrets.sub(REDACTED, kept + cut)\n",
        "        clean = kept + cut\n",
        ("tests/bot/test_redaction.py::test_a_secret_is_taken_out_wherever_it_stands",),
    ),
    Defect(
        "a look for danger that ends late, left out of the ledger",
        "bot/deciding.py",
        "replace(decided, calls=tuple(coaching.calls))",
        "decided",
        (
            "tests/bot/test_streaming.py"
            "::test_a_look_for_danger_that_ends_after_the_reply_is_in_the_ledger",
        ),
    ),
    Defect(
        "previews of links",
        "bot/telegram/outbound.py",
        '{"is_disabled": True}',
        '{"is_disabled": False}',
        ("tests/bot/telegram/test_outbound.py::test_no_message_lets_telegram_fetch_a_preview",),
    ),
    Defect(
        "a damaged database served",
        "storage/opening.py",
        "        integrity.check(path)\n",
        "",
        ("tests/storage/test_opening.py::test_a_damaged_database_is_not_served",),
    ),
    Defect(
        "what was said in the log",
        "bot/turn.py",
        "        joined = await joining.join(",
        '        __import__("logging").getLogger("bot.turn").debug("read %s", read)\n'
        "        joined = await joining.join(",
        ("tests/bot/test_conversation.py::test_a_goal_typed_before_consent_is_held_and_then_used",),
    ),
)
