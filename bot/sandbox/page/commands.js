// The menu of commands: by its button, or filtered while "/" is typed.
import { $, make } from "./dom.js";
import { commands } from "./state.js";

let submit = () => {};

export function start(send) {
  submit = send;
  $("slash").addEventListener("click", () => {
    if ($("commands").hidden) open(commands());
    else close();
    $("text").focus();
  });
  $("commands").addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const entry = event.target.closest("li");
    if (entry) submit(`/${entry.dataset.command}`);
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".foot")) close(); });
}

export function offer(typed) {
  const started = /^\/(\w*)$/.exec(typed)?.[1];
  if (started === undefined) close();
  else open(commands().filter((one) => one.command.startsWith(started.toLowerCase())));
}

export function close() {
  $("commands").hidden = true;
  $("slash").setAttribute("aria-expanded", "false");
  $("text").removeAttribute("aria-activedescendant");
}

export function key(event) {
  if ($("commands").hidden) return false;
  const entries = [...$("commands").children];
  const here = entries.findIndex((entry) => entry.ariaSelected === "true");
  if (event.key === "ArrowDown") select(entries, (here + 1) % entries.length);
  else if (event.key === "ArrowUp") select(entries, (here - 1 + entries.length) % entries.length);
  else if (event.key === "Escape") close();
  else if (event.key === "Tab") complete(entries[here].dataset.command);
  else if (event.key === "Enter" && !event.shiftKey) submit(`/${entries[here].dataset.command}`);
  else return false;
  event.preventDefault();
  return true;
}

function open(found) {
  if (!found.length) {
    close();
    return;
  }
  const entries = found.map(entry);
  $("commands").replaceChildren(...entries);
  $("commands").hidden = false;
  $("slash").setAttribute("aria-expanded", "true");
  select(entries, 0);
}

function entry(one, index) {
  const element = make("li", { id: `command-${index}`, role: "option" }, make("b", { textContent: `/${one.command}` }), make("span", { textContent: one.description }));
  element.dataset.command = one.command;
  return element;
}

function select(entries, index) {
  entries.forEach((element, at) => { element.ariaSelected = String(at === index); });
  entries[index].scrollIntoView({ block: "nearest" });
  $("text").setAttribute("aria-activedescendant", entries[index].id);
}

function complete(command) {
  $("text").value = `/${command} `;
  close();
}
