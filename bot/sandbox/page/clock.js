// The sandbox's clock, and jumps forward in it.
import * as api from "./api.js";
import { $ } from "./dom.js";
import { attach } from "./menu.js";

const shown = new Intl.DateTimeFormat([], { weekday: "short", hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
const SUNDAY = 7;
let ahead = 0; // milliseconds between the sandbox's time and this browser's

export function start() {
  attach($("clock"), () => [
    { label: "+1 hour", ...jump(new Date(now().getTime() + 3_600_000), shown) },
    { label: "Tomorrow 08:00", ...jump(later(1, 8)) },
    { label: "Tomorrow 19:00", ...jump(later(1, 19)) },
    { label: "Sunday 18:00", ...jump(later(SUNDAY - now().getDay(), 18)) },
    { label: "+1 week", ...jump(later(7, now().getHours(), now().getMinutes())) },
  ]);
  setInterval(draw, 1000);
}

export function set(told) {
  ahead = new Date(told.now) - new Date();
  $("clock").classList.toggle("moved", told.offset_s > 0);
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

function jump(to, format = day) {
  return { hint: format.format(to), act: () => api.advance(Math.max(0, (to - now()) / 1000)) };
}

function draw() {
  const text = shown.format(now());
  if ($("now").textContent === text) return;
  $("now").textContent = text;
  $("clock").ariaLabel = `Sandbox time: ${describe()}. Jump forward`;
}
