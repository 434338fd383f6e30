// Presses of inline buttons that the bot has not answered yet: their spinners, per person.

import { act, Refused } from "./socket.js";
import { on } from "./state.js";

// Telegram's own apps give up about as soon.
const SPIN_FOR_MS = 30_000;

const pending = new Map();
const early = new Set();
const listeners = new Set();

function keyOf(person, chat, messageId, data) {
  return JSON.stringify([person, chat, messageId, data]);
}

function changed() {
  for (const listener of listeners) listener();
}

export function onPending(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function isPending(person, chat, messageId, data) {
  return pending.has(keyOf(person, chat, messageId, data));
}

function stop(key) {
  clearTimeout(pending.get(key)?.timer);
  if (pending.delete(key)) changed();
}

/**
 * Presses the button; the spinner turns until the toast with the same query comes.
 * Resolves with the simulator's answer, which for some buttons is a link, an inline query or a text to copy.
 */
export async function press(person, chat, messageId, data, text) {
  const key = keyOf(person, chat, messageId, data ?? text);
  if (pending.has(key)) return {};
  const press = { query: null, timer: setTimeout(() => stop(key), SPIN_FOR_MS) };
  pending.set(key, press);
  changed();
  try {
    const what = data === undefined ? { text } : { data };
    const answer = await act("presses", { person, chat, message_id: messageId, ...what });
    press.query = answer.query_id ?? null;
    if (press.query === null || early.delete(press.query)) stop(key);
    return answer;
  } catch (error) {
    stop(key);
    if (error instanceof Refused) throw error;
    throw new Refused(null);
  }
}

on("toast", (toast) => {
  for (const [key, press] of pending) {
    if (press.query !== toast.query_id) continue;
    stop(key);
    return;
  }
  // The bot may answer before the simulator has told us the number of our own press.
  early.add(toast.query_id);
  setTimeout(() => early.delete(toast.query_id), SPIN_FOR_MS);
});
