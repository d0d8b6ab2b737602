// The control routes, as the page uses them.
import { notify } from "./toasts.js";

async function call(path, options) {
  const answer = await fetch(`/sandbox${path}`, options);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

async function post(path, body = {}) {
  try {
    return await call(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (error) {
    notify(`That did not work: ${error.message}`);
    return null;
  }
}

const place = (chat) => (chat < 0 ? `/groups/${chat}` : `/people/${chat}`);

export const world = () => call("/world");
export const messages = (chat) => call(`${place(chat)}/messages`);
export const say = (chat, text) => post(`${place(chat)}/say`, { text });
export const send = (chat, kind) => post(`${place(chat)}/send`, { kind });
export const forward = (chat, text) => post(`${place(chat)}/forward`, { text });
export const press = (chat, message, data) => post(`${place(chat)}/press`, { message_id: message, data, wait_s: 3 });
export const stop = (chat) => post(`${place(chat)}/stop`);
export const block = (chat, blocked) => post(`${place(chat)}/${blocked ? "block" : "unblock"}`);
export const addPerson = (fields) => post("/people", fields);
export const advance = (seconds, toMessage) => post("/clock", { advance_s: seconds, to_message: toMessage });
