// What the bot is doing right now: typing, or a message that grows in place.
import * as api from "./api.js";
import { $, make } from "./dom.js";
import { words } from "./entities.js";

const TYPING_MS = 5_000;
const DRAFT_MS = 30_000;
const DOING = { typing: "typing", upload_photo: "sending a picture", upload_document: "sending a file" };
let timer = null;

export function typing(action) {
  if ($("draft").hidden) write(dots(), TYPING_MS);
  $("status").textContent = `${DOING[action] ?? "busy"}…`;
  $("status").classList.add("busy");
}

export function grow({ chat_id, text, entities, can_stop }) {
  if (text === null) return end();
  const content = text ? make("span", { className: "words", dir: "auto" }, words(text, entities)) : dots();
  write(content, DRAFT_MS, can_stop ? stopping(chat_id) : null);
}

export function end() {
  clearTimeout(timer);
  $("draft").hidden = true;
  $("status").textContent = "bot";
  $("status").classList.remove("busy");
}

function stopping(chat) {
  const button = make("button", { className: "stop", type: "button" }, "Stop");
  button.addEventListener("click", () => api.stop(chat));
  return button;
}

function write(content, lifetime, below = null) {
  const message = make("div", { className: "message first last" }, make("div", { className: "bubble" }, content));
  if (below) message.append(below);
  $("draft").replaceChildren(message);
  $("draft").hidden = false;
  clearTimeout(timer);
  timer = setTimeout(end, lifetime);
}

function dots() {
  return make("span", { className: "writing", ariaHidden: "true" }, make("i"), make("i"), make("i"));
}
