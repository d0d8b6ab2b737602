"""The coach's public face: every operation from a text to a plan, with or without a model.

The rules always have a result first. A model, when there is one, may reword a reply; what it
says replaces ours only if it comes in time and passes the checks.
"""

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from coach import drafts, worded
from coach.decisions import Decisions
from coach.llm.caller import NOBODY, Caller
from coach.llm.errors import BlockedError, ModelError
from coach.llm.service import ModelService
from coach.road import EndToEnd, walk
from coach.rules import (
    faq,
    injection,
    replies,
    reply_scores,
    review,
    rewriting,
    scores,
    understanding,
)
from coach.rules.review import Course
from coach.rules.rewriting import Criticism
from coach.steps import coaching_reply, rewrite_reply, safety_triage
from coach.steps.coaching_reply import UNWATCHED, Watch
from coach.steps.step import Voice
from coach.values import (
    MODEL,
    NOTHING_HEARD,
    RULES,
    RULES_VERSION,
    Drafted,
    GoalUnderstanding,
    Heard,
    Plan,
    Progress,
    Reading,
    Reply,
    Resolution,
    Safety,
    Scores,
    Style,
)
from coach.weeks import Review
from coach.worded import Wording


class Coach(Decisions):
    """A goal coach. Without a model every operation answers by rules."""

    def __init__(self, model: ModelService | None = None, language: str = "en") -> None:
        self._model = model
        self._language = language

    @property
    def by_rules(self) -> "Coach":
        """The same coach without a model: nothing of anybody leaves this machine."""
        return Coach(language=self._language)

    @property
    def has_model(self) -> bool:
        """Whether a model words what it can."""
        return self._model is not None

    async def triage_further(
        self, text: str, found: Safety, *, language: str, caller: Caller = NOBODY
    ) -> Safety:
        """Have a model look for danger too, after *found* by rules; theirs stands if it cannot."""
        if self._model is None:
            return found
        try:
            return await safety_triage.triage(self._model, text, found, language, caller)
        except ModelError:
            return found

    async def preprocess_goal(
        self,
        text: str,
        *,
        now: datetime,
        language: str | None = None,
        cleared: bool = False,
        caller: Caller = NOBODY,
    ) -> Reading:
        """Read a text: is it a goal, what is known, what to ask. *cleared*: no danger was meant.

        Raise BlockedError where the model's provider refused the text as unsafe.
        """
        rule = understanding.read(text, now, language or self._language, cleared)
        wording = self._wording(rule.understanding.language, Style.BALANCED, caller)
        return await worded.reading(wording, rule, now) if wording else rule

    async def generate_resolution(
        self,
        u: GoalUnderstanding,
        *,
        today: date,
        caller: Caller = NOBODY,
        style: Style = Style.BALANCED,
    ) -> Drafted[Resolution]:
        """Write the resolution for what is known; what scores too low is revised once."""
        rule = drafts.of_resolution(u, today)
        wording = self._wording(u.language, style, caller)
        return await worded.resolution(wording, u, rule) if wording else rule

    async def evaluate_resolution(self, work: Resolution, u: GoalUnderstanding) -> Scores:
        """Score a resolution: clarity, specificity, measurability, actionability."""
        return scores.resolution(work, u)

    async def create_plan(
        self,
        u: GoalUnderstanding,
        agreed: Resolution,
        *,
        today: date,
        caller: Caller = NOBODY,
        style: Style = Style.BALANCED,
    ) -> Drafted[Plan]:
        """Plan the weeks; what scores too low is revised once.

        Keep the plan's `ideas` with what is understood: they shape every later version.
        """
        build = drafts.builder(agreed, today)
        rule = drafts.of_plan(u, build)
        wording = self._wording(u.language, style, caller)
        return await worded.plan(wording, u, rule, build) if wording else rule

    async def evaluate_plan(
        self, work: Plan, u: GoalUnderstanding, confidence: int | None = None
    ) -> Scores:
        """Score a plan: coherence, feasibility, progressiveness."""
        return scores.plan(work, u, confidence)

    async def coaching_reply(
        self,
        text: str,
        progress: Progress,
        *,
        now: datetime,
        heard: Heard = NOTHING_HEARD,
        caller: Caller = NOBODY,
        watch: Watch = UNWATCHED,
    ) -> Drafted[Reply]:
        """Answer a message of somebody who has a plan, in the language of *progress*.

        *heard* holds what was said to them in the last seven days, so that nothing is said
        twice, and briefly after much talk; *watch* is told what may be shown while a model
        writes. Orders to a program are answered by rules. BlockedError: the model's provider
        refused the text as unsafe, which is for triage to meet.
        """
        rule = replies.reply(text, progress, now, caller.key, heard)
        reply, mode, version = rule, RULES, RULES_VERSION
        orders = injection.sift(text, progress.language).found
        if self._model is not None and not orders:
            given = coaching_reply.Given(text, progress, heard, rule)
            try:
                said, version = await coaching_reply.written(self._model, given, watch, caller)
                reply, mode = replace(rule, text=said), MODEL
            except BlockedError:
                raise
            except ModelError:
                pass  # the rules' reply is there already
        scored = await self.evaluate_reply(reply, text, progress, heard.recent)
        return Drafted(reply, scored, mode, version)

    async def rewrite_reply(
        self,
        told: Criticism,
        progress: Progress,
        *,
        now: datetime,
        heard: Heard = NOTHING_HEARD,
        caller: Caller = NOBODY,
    ) -> Drafted[Reply]:
        """Answer once more, heeding what was off; the first answer is in *heard*, too."""
        progress = rewriting.heeding(progress, told.reason)
        plain = replies.reply(told.text, progress, now, caller.key, heard)
        reply, mode, version = rewriting.mended(plain, told, progress), RULES, RULES_VERSION
        if self._model is not None and not injection.sift(told.text, progress.language).found:
            given = coaching_reply.Given(told.text, progress, heard, reply)
            with suppress(ModelError):
                said, version = await rewrite_reply.written(self._model, given, told, caller)
                reply, mode = replace(reply, text=said), MODEL
        scored = await self.evaluate_reply(reply, told.text, progress, heard.recent)
        return Drafted(reply, scored, mode, version)

    async def evaluate_reply(
        self, reply: Reply, text: str, progress: Progress, recent: tuple[str, ...] = ()
    ) -> Scores:
        """Score a reply: relevance, personalization, motivation."""
        return scores.reply(reply_scores.Exchange(reply, text, progress, recent), progress.language)

    def _wording(self, language: str, style: Style, caller: Caller) -> Wording | None:
        return Wording(self._model, Voice(language, style), caller) if self._model else None

    def known_answer(self, text: str, language: str) -> str | None:
        """Answer a question about Rein in a sentence or two; None for any other text."""
        return faq.answer(text, language, with_model=self._model is not None)

    def answer_question(self, text: str, language: str) -> str:
        """Answer a question about Rein; say so when it is beyond us."""
        return self.known_answer(text, language) or faq.unknown(language)

    async def review_week(
        self,
        course: Course,
        progress: Progress,
        *,
        warn: bool = True,
        caller: Caller = NOBODY,
        style: Style = Style.BALANCED,
    ) -> Review:
        """Look back on the last week of *course* and propose the next; it changes nothing.

        *warn*: speak of a date at risk, which is said once.
        """
        rule = review.look_back(course, progress, warn)
        wording = self._wording(progress.language, style, caller)
        if wording is None or not await wording.is_free():
            return rule
        return await worded.review(wording, rule, review.proposed(rule, progress.language))

    def end_to_end(self, text: str, now: datetime | None = None) -> EndToEnd:
        """Go all the way with one text, answering every question with "you choose".

        For a Python prompt: where a loop runs, await `coach.road.walk`.
        """
        # A Python prompt has no clock to pass in; everything else takes the time as an argument.
        at = now or datetime.fromtimestamp(time.time()).astimezone()
        return asyncio.run(walk(self, text, at, self._language))
