// What the page knows: the bot, who there is, which chat is open.
import * as api from "./api.js";

export const state = { bot: null, people: [], groups: [], chat: null, previews: new Map(), unread: new Map() };

export async function refresh() {
  const { bot, people, groups, clock } = await api.world();
  Object.assign(state, { bot, people, groups });
  const ids = [...people, ...groups].map((one) => one.id);
  if (!ids.includes(state.chat)) {
    const stored = Number(sessionStorage.getItem("chat"));
    state.chat = ids.includes(stored) ? stored : ids[0];
  }
  return clock;
}

export const person = () => state.people.find((one) => one.id === state.chat);

export function remember(chat) {
  state.chat = chat;
  state.unread.delete(chat);
  sessionStorage.setItem("chat", chat);
}

export function texts(byLanguage) {
  return byLanguage[person()?.language_code] ?? byLanguage[""] ?? "";
}

export function commands() {
  const language = person()?.language_code ?? "";
  const wanted = state.chat < 0 ? ["all_group_chats", "default"] : ["all_private_chats", "default"];
  for (const scope of wanted) {
    for (const code of [language, ""]) {
      const found = state.bot.commands.find((one) => JSON.parse(one.scope).type === scope && one.language_code === code);
      if (found) return found.commands;
    }
  }
  return [];
}
