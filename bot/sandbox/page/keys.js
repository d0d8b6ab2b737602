// Inline keyboards: even rows, one tap at a time, arrows to move.
import * as api from "./api.js";
import { make } from "./dom.js";

export function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const keys = make("div", { className: "keys", role: "group", ariaLabel: "Buttons of this message" });
  for (const row of rows) keys.append(make("div", { className: "row" }, ...row.map((button) => key(message, button))));
  keys.addEventListener("keydown", (event) => walk(event, keys));
  return keys;
}

function key(message, button) {
  if (button.url) return make("a", { className: "key", href: button.url, target: "_blank", rel: "noopener noreferrer", textContent: button.text });
  const element = make("button", { type: "button", className: "key", textContent: button.text });
  element.dataset.data = button.callback_data;
  element.addEventListener("click", async () => {
    if (element.classList.contains("waiting")) return;
    element.classList.add("waiting");
    await api.press(message.chat.id, message.message_id, button.callback_data);
    element.classList.remove("waiting");
  });
  return element;
}

function walk(event, keys) {
  const rows = [...keys.children].map((row) => [...row.children]);
  const y = rows.findIndex((row) => row.includes(document.activeElement));
  const x = rows[y]?.indexOf(document.activeElement);
  const moves = { ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1], ArrowUp: [y - 1, x], ArrowDown: [y + 1, x] };
  if (!(event.key in moves)) return;
  const [row, column] = moves[event.key];
  const line = rows[row];
  line?.[Math.min(Math.max(column, 0), line.length - 1)]?.focus();
  event.preventDefault();
}
