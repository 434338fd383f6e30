// What the page knows: people, chats and messages as the simulator last said. Changed only by apply(); everyone else listens.

// A chat flooded by a storm forgets its oldest messages; scrolling up asks for them again.
const MOST_MESSAGES = 1_000;

const listeners = new Map();

export const state = {
  ready: false,
  connected: false,
  bot: { id: 0, username: "bot", first_name: "Bot" },
  people: new Map(),
  chats: new Map(),
  clock: { offset: 0, skew: 0 },
};

/**
 * Topics: ready, connection, bot, clock, toast, chat:<id>, arrival; people and commands, whose value is the id of the
 * person it is about or nothing when it is about everyone. Returns how to stop listening.
 */
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  return () => listeners.get(topic).delete(listener);
}

function emit(topic, value) {
  for (const listener of [...(listeners.get(topic) ?? [])]) listener(value);
}

/** The simulator's time in Unix seconds: this machine's, corrected by what the last event said. */
export function now() {
  return Date.now() / 1000 + state.clock.skew;
}

export function personName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

export function chatTitle(chat) {
  if (chat.type !== "private") return chat.title;
  const person = state.people.get(chat.person);
  return person ? personName(person) : String(chat.id);
}

/** The chats a person has: the private one with the bot, and the groups they are in. */
export function chatsOf(personId) {
  const isIn = (member) => member.user_id === personId && !["left", "kicked"].includes(member.status);
  return [...state.chats.values()].filter(
    (chat) => chat.person === personId || (chat.type !== "private" && chat.members?.some(isIn)),
  );
}

export function membersOf(chat) {
  const present = (chat.members ?? []).filter((member) => !["left", "kicked"].includes(member.status));
  return present.map((member) => state.people.get(member.user_id)).filter(Boolean);
}

export function messageOf(chatId, messageId) {
  return state.chats.get(chatId)?.messages.find((message) => message.message_id === messageId);
}

/** Whether the bot has done something in the chat since this message: the page's second tick. */
export function isReceived(message) {
  return (state.chats.get(message.chat.id)?.botSeq ?? 0) > message.seq;
}

export function setConnected(connected) {
  if (state.connected === connected) return;
  state.connected = connected;
  emit("connection", connected);
}

/** Older messages that were asked for; the ones already here stay. */
export function addHistory(chatId, messages) {
  const chat = state.chats.get(chatId);
  if (!chat) return;
  const known = new Set(chat.messages.map((message) => message.message_id));
  chat.messages = [...messages.filter((message) => !known.has(message.message_id)), ...chat.messages];
  chat.messages.sort((one, other) => one.message_id - other.message_id);
  emit(`chat:${chatId}`);
}

function openedChat(chat) {
  const messages = chat.messages ?? [];
  const botSeq = Math.max(0, ...messages.filter((message) => message.out).map((message) => message.seq));
  return { keyboard: null, force_reply: null, ...chat, messages, typing: null, botSeq };
}

function setClock(clock) {
  state.clock = { offset: clock.offset, skew: clock.now - Date.now() / 1000 };
  emit("clock");
}

/** A private chat exists as soon as its person does, even before the simulator names it. */
function chatFor(id) {
  if (!state.chats.has(id)) state.chats.set(id, openedChat({ id, type: "private", person: id }));
  return state.chats.get(id);
}

function touched(chat, seq, byBot) {
  if (byBot) {
    chat.botSeq = Math.max(chat.botSeq, seq);
    chat.typing = null;
  }
  emit(`chat:${chat.id}`);
}

const appliers = {
  snapshot(event) {
    state.bot = event.bot;
    state.people = new Map(event.people.map((person) => [person.id, person]));
    state.chats = new Map(event.chats.map((chat) => [chat.id, openedChat(chat)]));
    for (const person of event.people) chatFor(person.id);
    state.ready = true;
    setClock(event.clock);
    // First who is on the screen at all, then what each of them sees.
    emit("ready");
    emit("people");
    for (const id of state.chats.keys()) emit(`chat:${id}`);
  },
  message(event) {
    const chat = chatFor(event.chat_id);
    if (chat.messages.some((message) => message.message_id === event.message.message_id)) return;
    chat.messages.push(event.message);
    if (chat.messages.length > MOST_MESSAGES) chat.messages.splice(0, MOST_MESSAGES / 2);
    touched(chat, event.seq, event.message.out);
    emit("arrival", { chat, message: event.message });
  },
  edited(event) {
    const chat = chatFor(event.chat_id);
    const index = chat.messages.findIndex((message) => message.message_id === event.message.message_id);
    if (index < 0) return;
    chat.messages[index] = event.message;
    touched(chat, event.seq, event.message.out);
  },
  deleted(event) {
    const chat = chatFor(event.chat_id);
    const gone = new Set(event.message_ids);
    chat.messages = chat.messages.filter((message) => !gone.has(message.message_id));
    touched(chat, event.seq, false);
  },
  keyboard(event) {
    const chat = chatFor(event.chat_id);
    chat.keyboard = event.keyboard;
    chat.force_reply = event.force_reply;
    touched(chat, event.seq, false);
  },
  reaction(event) {
    const chat = chatFor(event.chat_id);
    const index = chat.messages.findIndex((message) => message.message_id === event.message_id);
    if (index < 0) return;
    chat.messages[index] = { ...chat.messages[index], reactions: event.reactions };
    touched(chat, event.seq, false);
  },
  typing(event) {
    const chat = chatFor(event.chat_id);
    const until = Date.now() + 5000;
    chat.typing = { action: event.action, until };
    chat.botSeq = Math.max(chat.botSeq, event.seq);
    emit(`chat:${chat.id}`);
    setTimeout(() => {
      if (chat.typing?.until !== until) return;
      chat.typing = null;
      emit(`chat:${chat.id}`);
    }, 5000);
  },
  toast(event) {
    const chat = chatFor(event.chat_id);
    chat.botSeq = Math.max(chat.botSeq, event.seq);
    emit("toast", event);
  },
  person(event) {
    state.people.set(event.person.id, event.person);
    chatFor(event.person.id);
    emit("people", event.person.id);
    emit("commands", event.person.id);
    emit(`chat:${event.person.id}`);
  },
  chat(event) {
    const known = state.chats.get(event.chat.id);
    const { messages, keyboard, force_reply, typing, botSeq } = known ?? openedChat({});
    state.chats.set(event.chat.id, { ...event.chat, messages, keyboard, force_reply, typing, botSeq });
    emit("people");
    emit(`chat:${event.chat.id}`);
  },
  commands() {
    emit("commands");
  },
  bot(event) {
    state.bot = event.bot;
    emit("bot");
  },
  clock(event) {
    setClock(event);
  },
  cleared() {
    for (const chat of state.chats.values()) {
      Object.assign(chat, { messages: [], keyboard: null, force_reply: null, typing: null, botSeq: 0 });
      emit(`chat:${chat.id}`);
    }
  },
};

/** One event of the simulator. One of a kind the page does not know is nothing to a person who looks at it. */
export function apply(event) {
  appliers[event.event]?.(event);
}
