// Who there is: a list at the side, a drawer on a phone.
import * as api from "./api.js";
import { $, make } from "./dom.js";
import { state } from "./state.js";

const languages = new Intl.DisplayNames(["en"], { type: "language" });

export function start(open) {
  $("list").addEventListener("click", (event) => {
    const button = event.target.closest(".person");
    if (!button) return;
    drawer(false);
    open(Number(button.dataset.chat));
    $("text").focus();
  });
  $("add").addEventListener("click", () => unfold($("newcomer").hidden));
  $("newcomer").addEventListener("submit", (event) => add(event, open));
  $("drawer").addEventListener("click", () => drawer(true));
  $("veil").addEventListener("click", () => drawer(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("veil").hidden) drawer(false);
  });
}

export function draw() {
  const focused = $("list").contains(document.activeElement) && document.activeElement.dataset.chat;
  const entries = [...state.people, ...state.groups].map((one) => make("li", {}, entry(one)));
  $("list").replaceChildren(...entries);
  if (focused) $("list").querySelector(`[data-chat="${focused}"]`)?.focus();
}

function language(code) {
  try {
    return languages.of(code);
  } catch {
    return code; // people may have codes that no browser knows
  }
}

function entry(one) {
  const name = one.first_name ?? one.title;
  const unread = state.unread.get(one.id);
  const preview = one.blocked ? "blocked the bot" : state.previews.get(one.id) ?? (one.title ? "group" : `speaks ${language(one.language_code)}`);
  const button = make(
    "button",
    { type: "button", className: "person" },
    make("span", { className: `initial h${Math.abs(one.id) % 5}`, ariaHidden: "true", textContent: [...name][0].toUpperCase() }),
    make("b", { textContent: name }),
    make("span", { className: "preview", textContent: preview }),
    unread ? make("span", { className: "badge", ariaLabel: `${unread} unread`, textContent: unread }) : null,
  );
  button.dataset.chat = one.id;
  if (one.id === state.chat) button.setAttribute("aria-current", "true");
  return button;
}

async function add(event, open) {
  event.preventDefault();
  const form = event.target;
  const added = await api.addPerson(Object.fromEntries(new FormData(form)));
  if (!added) return;
  form.reset();
  unfold(false);
  drawer(false);
  open(added.id);
  $("text").focus();
}

function unfold(shown) {
  $("newcomer").hidden = !shown;
  $("add").setAttribute("aria-expanded", shown);
  if (shown) $("newcomer").querySelector("input").focus();
}

function drawer(shown) {
  const wasShown = !$("veil").hidden;
  $("people").classList.toggle("open", shown);
  $("veil").hidden = !shown;
  $("chat").inert = shown;
  $("drawer").setAttribute("aria-expanded", shown);
  if (shown) ($("list").querySelector("[aria-current]") ?? $("add")).focus();
  else if (wasShown) $("drawer").focus();
}
