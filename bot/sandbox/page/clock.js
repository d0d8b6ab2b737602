// The sandbox's clock, and jumps forward in it.
import * as api from "./api.js";
import { $ } from "./dom.js";
import { attach } from "./menu.js";

const shown = new Intl.DateTimeFormat([], { weekday: "short", hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
const WEEK = 7;
const FORTNIGHT_S = 14 * 86_400;
let ahead = 0; // milliseconds between the sandbox's time and this browser's

export function start() {
  attach($("clock"), () => [
    { label: "Until Rein writes", hint: "2 weeks at most", act: () => travel(FORTNIGHT_S, true) },
    { label: "+1 hour", ...jump(new Date(now().getTime() + 3_600_000)) },
    { label: "Tomorrow morning", ...jump(later(1, 8, 10)) },
    { label: "Tomorrow evening", ...jump(later(1, 19, 40)) },
    { label: "Next review", ...jump(sunday(18, 10)) },
    { label: "+1 week", ...jump(later(WEEK, now().getHours(), now().getMinutes()), day) },
  ]);
  setInterval(draw, 1000);
}

export function set(told) {
  ahead = new Date(told.now) - new Date();
  $("clock").classList.toggle("moved", told.offset_s > 0);
  draw();
}

// A message from later shows how far the sandbox's time has come.
export function reach(seconds) {
  ahead = Math.max(ahead, seconds * 1000 - Date.now());
  draw();
}

export const describe = () => whole.format(now());

const now = () => new Date(Date.now() + ahead);

function later(days, hours, minutes = 0) {
  const date = now();
  date.setDate(date.getDate() + days);
  date.setHours(hours, minutes, 0, 0);
  return date;
}

function sunday(hours, minutes) {
  const first = later((WEEK - now().getDay()) % WEEK, hours, minutes);
  return first > now() ? first : later(WEEK, hours, minutes);
}

function jump(to, format = shown) {
  return { hint: format.format(to), act: () => travel(Math.max(0, (to - now()) / 1000)) };
}

async function travel(seconds, toMessage = false) {
  $("clock").ariaBusy = "true";
  await api.advance(seconds, toMessage);
  $("clock").ariaBusy = "false";
}

function draw() {
  const text = shown.format(now());
  if ($("now").textContent === text) return;
  $("now").textContent = text;
  $("clock").ariaLabel = `Sandbox time: ${describe()}. Jump forward`;
}
