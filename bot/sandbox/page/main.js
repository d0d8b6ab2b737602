// The page: wires what is seen to what is told.
import * as api from "./api.js";
import * as clock from "./clock.js";
import * as composer from "./composer.js";
import { $ } from "./dom.js";
import * as draft from "./draft.js";
import * as log from "./log.js";
import { attach } from "./menu.js";
import * as people from "./people.js";
import { person, refresh, remember, state, texts } from "./state.js";
import { alarm, notify } from "./toasts.js";

const KIND = { sticker: "Sticker", photo: "Photo", voice: "Voice message", document: "File", location: "Location", contact: "Contact", dice: "Dice" };

const told = {
  reload: () => load(),
  people: () => meet(),
  profile: () => meet(),
  clock: (body) => { clock.set(body); notify(body.skipped ?? `It is now ${clock.describe()}`); },
  message: ({ chat_id, message }) => { clock.reach(message.date); preview(chat_id, message); if (here(chat_id)) arrive(message); },
  edited: ({ chat_id, message }) => { if (here(chat_id)) log.change(message); },
  deleted: ({ chat_id, message_id }) => { if (here(chat_id)) { log.remove(message_id); welcome(); } },
  reaction: ({ chat_id, message_id, reactions }) => { if (here(chat_id)) log.react(message_id, reactions); },
  action: ({ chat_id, action }) => { if (here(chat_id)) draft.typing(action); },
  draft: (body) => { if (here(body.chat_id)) draft.grow(body); },
  toast: ({ chat_id, text, show_alert }) => { if (text && here(chat_id)) (show_alert ? alarm : notify)(text); },
};

const here = (chat) => chat === state.chat;

async function meet() {
  clock.set(await refresh());
  draw();
}

async function load() {
  await meet();
  await show(state.chat);
}

async function show(chat) {
  remember(chat);
  draw();
  draft.end();
  log.clear();
  const messages = await api.messages(chat);
  if (!here(chat)) return;
  log.fill(messages);
  if (messages.length) preview(chat, messages.at(-1));
  welcome();
}

function arrive(message) {
  if (message.from.is_bot) draft.end();
  log.show(message);
  welcome();
}

function preview(chat, message) {
  const kind = Object.keys(KIND).find((one) => one in message);
  state.previews.set(chat, message.text ?? message.caption ?? KIND[kind] ?? "");
  if (!here(chat) && message.from.is_bot) state.unread.set(chat, (state.unread.get(chat) ?? 0) + 1);
  people.draw();
}

function draw() {
  const name = state.bot.first_name;
  document.title = `${name} · sandbox`;
  $("name").textContent = name;
  people.draw();
  composer.lock(Boolean(person()?.blocked));
  welcome();
}

function welcome() {
  $("welcome").hidden = !log.isEmpty();
  $("welcome-name").textContent = state.bot.first_name;
  $("welcome-text").textContent = texts(state.bot.descriptions);
}

function more() {
  const dark = document.documentElement.dataset.theme === "dark";
  const blocked = Boolean(person()?.blocked);
  const entries = [{ glyph: dark ? "☀️" : "🌙", label: dark ? "Light theme" : "Dark theme", act: () => theme(dark ? "light" : "dark") }];
  if (person()) entries.push({ glyph: "🚫", label: blocked ? "Unblock the bot" : "Block the bot", act: () => api.block(state.chat, !blocked) });
  return entries;
}

function theme(name) {
  localStorage.setItem("theme", name);
  document.documentElement.dataset.theme = name;
}

function follow() {
  const stream = new EventSource("/sandbox/events");
  for (const [kind, act] of Object.entries(told)) {
    stream.addEventListener(kind, (event) => act(JSON.parse(event.data)));
  }
  stream.addEventListener("error", () => {
    $("status").textContent = "waiting for the sandbox…";
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, 2000);
  });
  stream.addEventListener("open", () => draft.end());
}

people.start(show);
composer.start();
clock.start();
attach($("more"), more);
log.start();
follow();
