// One message as an element.
import * as api from "./api.js";
import { icon, make } from "./dom.js";
import { words } from "./entities.js";
import { keyboard } from "./keys.js";

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{EMod}|\u200D\p{Extended_Pictographic})*){1,3}$/u;
const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });

export function bubble(message) {
  const mine = !message.from.is_bot;
  if (message.group_chat_created) return make("div", { className: "note", textContent: "The group was founded" });
  const element = make("div", { className: `message${mine ? " mine" : ""}` });
  element.dataset.id = message.message_id;
  const inner = make("div", { className: "bubble" }, author(message), ...contents(message), meta(message));
  element.append(inner, keyboard(message) ?? "", reactions(message) ?? "");
  if (inner.querySelector(".huge")) element.classList.add("plainly");
  return element;
}

function author(message) {
  const seen = message.chat.type === "group" ? "origin" : "spoken"; // a bubble's side says it to the eye
  return make("div", { className: seen, textContent: `${message.from.first_name}:` });
}

function contents(message) {
  const origin = message.forward_origin && make("div", { className: "origin", textContent: `Forwarded from ${message.forward_origin.sender_user_name}` });
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const written = text && make("span", { className: EMOJI_ONLY.test(text) ? "words huge" : "words", dir: "auto" }, words(text, entities, (command) => api.say(message.chat.id, command)));
  return [origin, attachment(message), written].filter(Boolean);
}

function meta(message) {
  const time = clock.format(message.date * 1000);
  return make("span", { className: "meta", textContent: message.edit_date ? `edited ${time}` : time });
}

function attachment(message) {
  if (message.photo) return photo(message);
  if (message.sticker) return make("span", { className: "huge", textContent: message.sticker.emoji });
  if (message.dice) return make("span", { className: "huge", textContent: `${message.dice.emoji} ${message.dice.value}` });
  if (message.document) return file(message);
  if (message.voice) return tile("voice", "Voice message", `0:0${message.voice.duration}`);
  if (message.location) return tile("pin", "Location", `${message.location.latitude}, ${message.location.longitude}`);
  if (message.contact) return tile("people", message.contact.first_name, message.contact.phone_number);
  return null;
}

function photo(message) {
  const { file_id, width, height } = message.photo.at(-1);
  if (!message.from.is_bot) return tile("picture", "Photo", `${width} × ${height}`);
  return make("img", { className: "picture", src: `/sandbox/files/${file_id}`, width, height, alt: message.caption ?? "Picture from the bot" });
}

function file(message) {
  const { file_id, file_name, file_size } = message.document;
  const size = file_size < 1024 ? `${file_size} bytes` : `${Math.ceil(file_size / 1024)} KB`;
  const shown = tile("file", file_name, size, message.from.is_bot ? "a" : "div");
  if (message.from.is_bot) Object.assign(shown, { href: `/sandbox/files/${file_id}`, download: file_name });
  return shown;
}

function tile(name, title, detail, tag = "div") {
  return make(tag, { className: "tile" }, make("span", { className: "disc" }, icon(name)), make("b", { textContent: title }), make("small", { textContent: detail }));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const shown = message.reactions.map((reaction) => make("span", { textContent: reaction.emoji }));
  return make("div", { className: "reactions", ariaLabel: "Reactions" }, ...shown);
}
