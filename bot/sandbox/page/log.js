// The open chat's messages: kept in order, grouped, and scrolled only when the reader is at the end.
import { bubble } from "./bubble.js";
import { $, make } from "./dom.js";

const TOGETHER_S = 300;
const NEAR_END_PX = 80;
let pinned = true; // the reader is at the end and wants to stay there
let lastTop = 0;
const known = new Map(); // message id -> { message, element }
const day = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });

export const isEmpty = () => known.size === 0;

export function start() {
  const box = $("scroll");
  box.addEventListener("scroll", () => {
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd) pinned = true;
    else if (box.scrollTop < lastTop) pinned = false; // only a reader scrolls up
    lastTop = box.scrollTop;
    $("to-end").hidden = pinned;
    if (pinned) $("to-end").classList.remove("news");
  }, { passive: true });
  $("to-end").addEventListener("click", () => toEnd("smooth"));
  const growth = new ResizeObserver(() => { if (pinned) toEnd(); });
  for (const id of ["scroll", "log", "draft"]) growth.observe($(id));
}

function toEnd(behavior = "auto") {
  const box = $("scroll");
  box.scrollTo({ top: box.scrollHeight, behavior });
}

export function clear() {
  known.clear();
  $("log").replaceChildren();
  $("log").dataset.day = "";
}

export function fill(messages) {
  const newest = messages.at(-1)?.message_id ?? 0;
  const cameMeanwhile = [...known.values()].map((one) => one.message).filter((one) => one.message_id > newest);
  clear();
  for (const message of [...messages, ...cameMeanwhile]) place(message);
  pinned = true;
  toEnd();
}

export function show(message) {
  if (!message.from.is_bot) pinned = true;
  place(message);
  const element = known.get(message.message_id).element;
  element.classList.add("new");
  if (pinned) toEnd();
  else $("to-end").classList.add("news");
}

export function change(message) {
  const entry = known.get(message.message_id);
  if (!entry) return;
  const focused = entry.element.contains(document.activeElement) && document.activeElement.dataset.data;
  const reactions = entry.message.reactions;
  const element = bubble(reactions ? { ...message, reactions } : message);
  entry.element.replaceWith(element);
  known.set(message.message_id, { message, element });
  regroup(element);
  if (focused) refocus(element, focused);
}

export function react(id, reactions) {
  const entry = known.get(id);
  if (entry) {
    entry.message = { ...entry.message, reactions };
    change(entry.message);
  }
}

export function remove(id) {
  const element = known.get(id)?.element;
  if (!element) return;
  known.delete(id);
  const next = element.nextElementSibling;
  const before = element.previousElementSibling;
  element.remove();
  if (before?.classList.contains("day") && !next?.dataset.id) {
    before.remove();
    $("log").dataset.day = "";
  }
  if (next) regroup(next);
  else if (before) regroup(before);
}

function place(message) {
  if (known.has(message.message_id)) {
    change(message);
    return;
  }
  const element = bubble(message);
  const log = $("log");
  const date = day.format(message.date * 1000);
  if (log.dataset.day !== date) {
    log.append(make("div", { className: "day", textContent: date }));
    log.dataset.day = date;
  }
  log.append(element);
  known.set(message.message_id, { message, element });
  regroup(element);
}

function refocus(element, wanted) {
  const keys = [...element.querySelectorAll(".key")];
  (keys.find((key) => key.dataset.data === wanted) ?? keys[0] ?? $("text")).focus({ preventScroll: true });
}

function regroup(element) {
  for (const one of [element.previousElementSibling, element, element.nextElementSibling]) {
    if (!one?.classList.contains("message")) continue;
    one.classList.toggle("first", !together(one.previousElementSibling, one));
    one.classList.toggle("last", !together(one, one.nextElementSibling));
  }
}

function together(one, two) {
  const [a, b] = [one, two].map((element) => known.get(Number(element?.dataset.id))?.message);
  return Boolean(a && b) && a.from.id === b.from.id && b.date - a.date < TOGETHER_S;
}
