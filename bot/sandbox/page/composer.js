// The message field: Enter sends, "/" offers commands, the clip sends things that are no text.
import * as api from "./api.js";
import * as commands from "./commands.js";
import { $ } from "./dom.js";
import { attach } from "./menu.js";
import { state } from "./state.js";

const FORWARDED = "A friend said: just start with ten minutes.";
const SAMPLES = [
  ["👍", "Sticker", "sticker"], ["🖼️", "Photo", "photo"], ["🎙️", "Voice message", "voice"], ["📄", "Document", "document"],
  ["📍", "Location", "location"], ["👤", "Contact", "contact"], ["🎲", "Dice", "dice"],
];

export function start() {
  const text = $("text");
  commands.start(submit);
  attach($("attach"), () => [
    ...SAMPLES.map(([glyph, label, kind]) => ({ glyph, label, act: () => api.send(state.chat, kind) })),
    { glyph: "↪️", label: "Forwarded message", act: () => api.forward(state.chat, FORWARDED) },
  ]);
  text.addEventListener("input", () => { fit(); commands.offer(text.value); });
  text.addEventListener("keydown", (event) => {
    if (commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit(text.value);
    }
  });
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(text.value); });
  $("start").addEventListener("click", () => { submit("/start"); text.focus(); });
  $("unblock").addEventListener("click", () => api.block(state.chat, false));
}

export function lock(blocked) {
  $("composer").hidden = blocked;
  $("unblock").hidden = !blocked;
}

async function submit(value) {
  const words = value.trim();
  if (!words) return;
  const field = $("text");
  field.value = "";
  fit();
  commands.close();
  if (!(await api.say(state.chat, words)) && !field.value) field.value = value;
}

function fit() {
  const field = $("text");
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
