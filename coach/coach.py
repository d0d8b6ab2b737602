"""The coach's public face: every operation from a text to a plan, with or without a model.

The rules always have a result first. A model, when there is one, may reword a reply; what it
says replaces ours only if it comes in time and passes the checks.
"""

import asyncio
import time
from datetime import date, datetime

from coach import cards, drafts, replying, scoring, spans, tracing, worded
from coach.decisions import Decisions
from coach.llm.caller import NOBODY, Caller
from coach.llm.errors import ModelError
from coach.llm.service import ModelService
from coach.road import EndToEnd, walk
from coach.rules import (
    faq,
    replies,
    reply_scores,
    review,
    rewriting,
    understanding,
)
from coach.rules.courses import Course
from coach.rules.rewriting import Criticism
from coach.steps import (
    adapt_week,
    coaching_reply,
    preprocess_goal,
    rewrite_reply,
    safety_triage,
)
from coach.steps.coaching_reply import UNWATCHED, Given, Watch
from coach.steps.step import Voice
from coach.values import (
    MODEL,
    NOTHING_HEARD,
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
        with tracing.span(safety_triage.STEP.name) as span:
            try:
                settled = await safety_triage.triage(self._model, text, found, language, caller)
            except ModelError:
                spans.looked(span, found)
                return found
            span.note(mode=MODEL, prompt_version=safety_triage.STEP.version)
            return settled

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
        with tracing.span(preprocess_goal.STEP.name) as span:
            span.given(text)
            rule = understanding.read(text, now, language or self._language, cleared)
            wording = self._wording(rule.understanding.language, Style.BALANCED, caller)
            found = await worded.reading(wording, rule, now) if wording else rule
            return spans.read(span, found, caller.prompt(preprocess_goal.STEP.name).version)

    async def generate_resolution(
        self,
        u: GoalUnderstanding,
        *,
        today: date,
        caller: Caller = NOBODY,
        style: Style = Style.BALANCED,
    ) -> Drafted[Resolution]:
        """Write the resolution for what is known; what scores too low is revised once."""
        with tracing.span("generate_resolution") as span:
            span.given(u.text)
            rule = drafts.of_resolution(u, today)
            wording = self._wording(u.language, style, caller)
            made = await worded.resolution(wording, u, rule) if wording else rule
            return spans.drafted(span, made, lambda r: cards.plain(cards.resolution(r, u.language)))

    async def evaluate_resolution(self, work: Resolution, u: GoalUnderstanding) -> Scores:
        """Score a resolution: clarity, specificity, measurability, actionability."""
        return scoring.resolution(work, u)

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
        with tracing.span("create_plan") as span:
            span.given(agreed.line)
            build = drafts.builder(agreed, today)
            rule = drafts.of_plan(u, build)
            wording = self._wording(u.language, style, caller)
            made = await worded.plan(wording, u, rule, build) if wording else rule
            return spans.drafted(span, made, lambda p: cards.plain(cards.plan(p, u.language)))

    async def evaluate_plan(
        self, work: Plan, u: GoalUnderstanding, confidence: int | None = None
    ) -> Scores:
        """Score a plan: coherence, feasibility, progressiveness."""
        return scoring.plan(work, u, confidence)

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
        with tracing.span(coaching_reply.NAME) as span:
            span.given(text)
            rule = replies.reply(text, progress, now, caller.key, heard)
            given = Given(text, progress, heard, rule)
            made = await replying.first(self._model, given, watch, caller)
            return spans.drafted(span, made, _text)

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
        with tracing.span(rewrite_reply.STEP.name) as span:
            span.given(told.text)
            span.note(reason=told.reason)
            progress = rewriting.heeding(progress, told.reason)
            plain = replies.reply(told.text, progress, now, caller.key, heard)
            mended = rewriting.mended(plain, told, progress)
            given = Given(told.text, progress, heard, mended)
            made = await replying.again(self._model, given, told, caller)
            return spans.drafted(span, made, _text)

    async def evaluate_reply(
        self, reply: Reply, text: str, progress: Progress, recent: tuple[str, ...] = ()
    ) -> Scores:
        """Score a reply: relevance, personalization, motivation."""
        exchange = reply_scores.Exchange(reply, text, progress, recent)
        return scoring.reply(exchange, progress.language)

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
        silent: bool = False,
        caller: Caller = NOBODY,
        style: Style = Style.BALANCED,
    ) -> Review:
        """Look back on the last week of *course* and propose the next; it changes nothing.

        *silent*: nobody answered it, so that nothing in it may ask for more.
        """
        with tracing.span(adapt_week.STEP.name) as span:
            made = review.look_back(course, progress, silent)
            wording = self._wording(progress.language, style, caller)
            if wording is not None:
                proposed = review.proposed(made, progress.language)
                made = await worded.review(wording, made, proposed)
            return spans.reviewed(span, made, caller.prompt(adapt_week.STEP.name).version)

    def end_to_end(self, text: str, now: datetime | None = None) -> EndToEnd:
        """Go all the way with one text, answering every question with "you choose".

        For a Python prompt: where a loop runs, await `coach.road.walk`.
        """
        # A Python prompt has no clock to pass in; everything else takes the time as an argument.
        at = now or datetime.fromtimestamp(time.time()).astimezone()
        return asyncio.run(walk(self, text, at, self._language))


def _text(reply: Reply) -> str:
    return reply.text
