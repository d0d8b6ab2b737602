"""The way from consent to an agreed plan."""

from bot.journey.events import Said
from bot.journey.found import Filled, GoalRead, PlanDrafted, ResolutionDrafted
from bot.journey.rows import CONSENTED, S, move, tap
from bot.journey.stages import (
    anywhere,
    clarify,
    commit,
    consent,
    goal,
    obstacle,
    plan,
    resize,
    resolution,
    schedule,
    split,
    stars,
)

READ = (S.GOAL, S.SPLIT, S.RESIZE, S.CLARIFY)  # where a goal that was read may lead
NEXT = (S.DAYS, S.TIME, S.ZONE, S.OBSTACLE)  # what may follow an agreed resolution

# fmt: off
ROWS = (
    #    at            when               do                          to
    move(S.CONSENT,    Said,              consent.hold,               S.CONSENT),
    tap (S.CONSENT,    "cs:y",            consent.agree,              S.GOAL),
    tap (S.CONSENT,    "cs:more",         consent.explain,            S.CONSENT),
    tap (S.CONSENT,    "cs:n",            consent.decline,            S.CONSENT),

    move(S.GOAL,       Said,              goal.note,                  S.GOAL),
    tap (S.GOAL,       "eg:x",            goal.offer_areas,           S.GOAL),
    tap (S.GOAL,       "eg",              goal.take_example,          S.GOAL),
    tap (S.GOAL,       "ar",              goal.take_area,             S.GOAL),
    move(S.GOAL,       GoalRead,          goal.read,                  *READ),

    tap (S.SPLIT,      "pk:all",          split.keep_whole,           S.SPLIT),
    tap (S.SPLIT,      "pk:both",         split.begin_both,           S.SPLIT),
    tap (S.SPLIT,      "pk:more",         split.show_more,            S.SPLIT),
    tap (S.SPLIT,      "sw:y",            split.replace_list,         S.SPLIT),
    tap (S.SPLIT,      "sw:n",            split.keep_list,            S.SPLIT),
    tap (S.SPLIT,      "pk",              split.pick,                 S.SPLIT),
    move(S.SPLIT,      Said,              split.choose_in_words,      S.SPLIT),
    move(S.SPLIT,      GoalRead,          goal.read,                  *READ),
    move(S.SPLIT,      Filled,            clarify.proceed,            S.CLARIFY),

    tap (S.RESIZE,     "rz",              resize.choose,              S.RESIZE),
    move(S.RESIZE,     Said,              resize.say_instead,         S.RESIZE),
    move(S.RESIZE,     GoalRead,          goal.read,                  *READ),
    move(S.RESIZE,     Filled,            clarify.proceed,            S.CLARIFY),

    tap (S.CLARIFY,    "qa",              clarify.tap,                S.CLARIFY),
    tap (S.CLARIFY,    "sw:y",            clarify.switch,             S.GOAL, S.CLARIFY),
    tap (S.CLARIFY,    "sw:n",            clarify.keep_first,         S.CLARIFY),
    move(S.CLARIFY,    Said,              clarify.answer,             S.CLARIFY),
    move(S.CLARIFY,    Filled,            clarify.proceed,            S.CLARIFY),
    move(S.CLARIFY,    ResolutionDrafted, clarify.drafted,            S.RESOLUTION),

    tap (S.RESOLUTION, "rv:ok",           resolution.agree,           S.RESOLUTION, *NEXT, S.GOAL),
    tap (S.RESOLUTION, "rv:ed",           resolution.ask_change,      S.REVISE),
    tap (S.RESOLUTION, "rv:no",           resolution.start_over,      S.GOAL),
    tap (S.RESOLUTION, "rv:why",          resolution.explain,         S.RESOLUTION),
    move(S.RESOLUTION, Said,              resolution.change,          S.RESOLUTION, S.REVISE,
         *NEXT, S.GOAL),
    move(S.RESOLUTION, Filled,            resolution.changed,         S.RESOLUTION, S.REVISE),
    move(S.RESOLUTION, ResolutionDrafted, resolution.redrafted,       S.RESOLUTION),

    tap (S.REVISE,     "ed:no",           stars.leave_as_it_is,       S.RESOLUTION, S.HOME,
         *stars.JUST_AGREED),
    tap (S.REVISE,     "ed",              resolution.ask_about,       S.REVISE, S.RESOLUTION),
    move(S.REVISE,     Said,              resolution.change,          S.REVISE),
    move(S.REVISE,     Filled,            resolution.changed,         S.REVISE, S.RESOLUTION),
    move(S.REVISE,     ResolutionDrafted, resolution.redrafted,       S.RESOLUTION),

    tap (S.DAYS,       "sd:ok",           schedule.take_days,         S.DAYS, *NEXT),
    tap (S.DAYS,       "sd:any",          schedule.choose_days,       *NEXT),
    tap (S.DAYS,       "sd",              schedule.tick,              S.DAYS),
    move(S.DAYS,       Said,              schedule.answer,            S.DAYS),
    move(S.DAYS,       Filled,            schedule.filled,            S.DAYS, *NEXT),

    tap (S.TIME,       "tm:cu",           schedule.ask_own_time,      S.TIME),
    tap (S.TIME,       "tm:any",          schedule.choose_time,       *NEXT),
    tap (S.TIME,       "tm",              schedule.take_time,         S.TIME, *NEXT),
    move(S.TIME,       Said,              schedule.answer,            S.TIME),
    move(S.TIME,       Filled,            schedule.filled,            S.TIME, *NEXT),

    tap (S.ZONE,       "tz:oth",          schedule.ask_city,          S.ZONE),
    tap (S.ZONE,       "tz",              schedule.take_zone,         S.ZONE, *NEXT),
    move(S.ZONE,       Said,              schedule.find_zone,         S.ZONE, *NEXT),

    tap (S.OBSTACLE,   "ob:ot",           obstacle.ask_own,           S.OBSTACLE),
    tap (S.OBSTACLE,   "ob:no",           obstacle.none_seen,         S.OBSTACLE),
    tap (S.OBSTACLE,   "ob",              obstacle.take,              S.OBSTACLE),
    move(S.OBSTACLE,   Said,              obstacle.note,              S.OBSTACLE),
    move(S.OBSTACLE,   Filled,            obstacle.filled,            S.OBSTACLE),
    *(move(stage,      PlanDrafted,       plan.drafted,               S.PLAN)
      for stage in (S.RESOLUTION, *NEXT, S.PLAN, S.PLAN_EDIT)),

    tap (S.PLAN,       "pl:ok",           plan.start,                 S.CONFIDENCE),
    tap (S.PLAN,       "pl:ez",           plan.easier,                S.PLAN),
    tap (S.PLAN,       "pl:hd",           plan.harder,                S.PLAN),
    tap (S.PLAN,       "pl:dy",           plan.other_days,            S.DAYS),
    tap (S.PLAN,       "pl:bk",           anywhere.step_back,         *CONSENTED),
    move(S.PLAN,       Said,              plan.change,                S.PLAN, S.PLAN_EDIT,
         S.CONFIDENCE),
    move(S.PLAN,       Filled,            plan.changed,               S.PLAN, S.PLAN_EDIT),
    tap (S.PLAN_EDIT,  "pe",              plan.edit,                  S.PLAN_EDIT, S.PLAN, S.DAYS),
    move(S.PLAN_EDIT,  Said,              plan.change,                S.PLAN_EDIT),
    move(S.PLAN_EDIT,  Filled,            plan.changed,               S.PLAN_EDIT, S.PLAN),

    tap (S.CONFIDENCE, "cf",              commit.take_confidence, S.CONFIDENCE, S.CHECK_IN_TIME),
    move(S.CONFIDENCE, Said,              commit.read_confidence, S.CONFIDENCE, S.CHECK_IN_TIME),
    move(S.CONFIDENCE, PlanDrafted,       commit.offer_easier,        S.EASIER, S.CHECK_IN_TIME),
    tap (S.EASIER,     "ez:y",            commit.take_easier,         S.CHECK_IN_TIME),
    tap (S.EASIER,     "ez:n",            commit.keep_plan,           S.CHECK_IN_TIME),
    tap (S.CHECK_IN_TIME, "ck",              commit.take_check_in,       S.CHECK_IN_TIME, S.HOME),
    move(S.EASIER,     Said,              commit.read_easier,         S.EASIER, S.CHECK_IN_TIME),
    move(S.CHECK_IN_TIME,   Said,              commit.read_check_in,       S.CHECK_IN_TIME, S.HOME),
)
# fmt: on
