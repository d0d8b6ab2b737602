// A button with a menu under it: mouse, arrows, Escape.
import { make } from "./dom.js";

export function attach(button, items) {
  const sheet = button.nextElementSibling;

  function close(refocus) {
    sheet.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (refocus) button.focus();
  }

  function open() {
    sheet.replaceChildren(...items().map((item) => entry(item, close)));
    sheet.hidden = false;
    button.setAttribute("aria-expanded", "true");
    sheet.firstElementChild.focus();
  }

  button.addEventListener("click", () => (sheet.hidden ? open() : close(true)));
  sheet.addEventListener("keydown", (event) => walk(event, sheet, close));
  document.addEventListener("pointerdown", (event) => {
    if (!sheet.hidden && !button.parentElement.contains(event.target)) close(false);
  });
  sheet.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !button.parentElement.contains(event.relatedTarget)) close(false);
  });
}

function entry({ glyph, label, hint, act }, close) {
  const button = make("button", { type: "button", role: "menuitem" }, glyph ? make("span", { className: "glyph", ariaHidden: "true", textContent: glyph }) : null, label, hint ? make("small", { textContent: hint }) : null);
  button.addEventListener("click", () => { close(true); act(); });
  return button;
}

function walk(event, sheet, close) {
  const entries = [...sheet.children];
  const here = entries.indexOf(document.activeElement);
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 };
  if (event.key === "Escape") close(true);
  else if (event.key in steps) entries.at(steps[event.key] % entries.length).focus();
  else return;
  event.preventDefault();
}
