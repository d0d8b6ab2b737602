// Telegram's formatting as elements. Offsets count UTF-16 units, as JavaScript's strings do.
import { make } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
const SAFE = /^(https?|tg|mailto|tel):/i;

export function words(text, entities = [], onCommand = () => {}) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, entities, 0, text.length, onCommand);
  return fragment;
}

function fill(parent, text, entities, start, end, onCommand) {
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    if (entity.offset >= at) {
      parent.append(text.slice(at, entity.offset));
      const inside = text.slice(entity.offset, stop);
      const element = dress(entity, inside, onCommand);
      fill(element, text, entities.slice(index + 1, next), entity.offset, stop, onCommand);
      parent.append(element);
      at = stop;
    }
    index = next;
  }
  parent.append(text.slice(at, end));
}

function dress(entity, inside, onCommand) {
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(inside);
  if (entity.type === "email") return link(`mailto:${inside}`);
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "bot_command") {
    const button = make("button", { type: "button", className: "command" });
    button.addEventListener("click", () => onCommand(inside));
    return button;
  }
  return make(TAGS[entity.type] ?? "span");
}

function link(url) {
  return SAFE.test(url) ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }) : make("span");
}

function spoiler() {
  const element = make("span", { className: "spoiler", tabIndex: 0, role: "button", ariaLabel: "Hidden text, press to show" });
  const show = () => {
    element.classList.add("shown");
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
  };
  element.addEventListener("click", show);
  element.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
  return element;
}
