// Short notes over the chat, and alerts that want a yes.
import { $, make } from "./dom.js";

const SHOWN_MS = 3500;

export function notify(text) {
  const toast = make("div", { className: "toast", textContent: text });
  $("toasts").append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS + text.length * 30);
}

export function alarm(text) {
  const dialog = $("alert");
  dialog.querySelector("p").textContent = text;
  if (!dialog.open) dialog.showModal();
}
