// One person's Telegram: who they are, one of their chats, where they write; and what its buttons, links and menus do.

import { ChatView } from "./chatview.js";
import { Composer } from "./composer.js";
import { avatar, fill, h, iconButton } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { isMine } from "./message.js";
import { alertBox, ask, closeMenu, note, openMenu } from "./popups.js";
import { press } from "./presses.js";
import { startPayload } from "./richtext.js";
import { act, Refused } from "./socket.js";
import { chatsOf, chatTitle, membersOf, on, personName, state } from "./state.js";

const REACTIONS = ["👍", "❤️", "🔥", "😁", "👎"];
const TELEGRAM_LANGUAGES = { uk: "Українська", ru: "Русский", en: "English", pl: "Polski", de: "Deutsch" };

export function roleOf(person) {
  return ["customer", "manager", "owner"].includes(person?.role) ? t(`role_${person.role}`) : null;
}

/** `seat` is {person, chat}; `desk.change(seat)` puts another in its place, `desk.hide()` takes the column away. */
export class Column {
  constructor(seat, desk) {
    Object.assign(this, { seat, desk, person: seat.person, chatId: seat.chat });
    this.thread = undefined;
    this.head = h("header", { class: "column-head" });
    this.topics = h("div", { class: "topics", role: "tablist", hidden: true });
    this.drop = h("div", { class: "drop-sign", "aria-hidden": "true" });
    this.view = new ChatView({ chatId: this.chatId, viewer: this.person, actions: this.actions() });
    this.composer = new Composer({
      person: this.person,
      chatId: this.chatId,
      send: (verb, body) => this.send(verb, body),
      fail: (error) => this.fail(error),
      describe: (text) => this.view.describe(text),
    });
    this.body = h("div", { class: "column-body" }, this.view.node, this.drop);
    this.node = h(
      "section",
      { class: "column", data: { person: this.person, chat: this.chatId } },
      this.head,
      this.topics,
      this.body,
      this.composer.node,
    );
    this.composer.attachments.acceptDrops(this.node);
    this.stops = [
      on("people", (about = this.person) => (about === this.person || this.isGroup) && this.refresh()),
      on("bot", () => this.refresh()),
      on(`chat:${this.chatId}`, () => this.refreshStatus()),
      on("toast", (toast) => this.showToast(toast)),
      onLanguage(() => this.refresh()),
    ];
    this.refresh();
  }

  destroy() {
    this.view.destroy();
    this.composer.destroy();
    for (const stop of this.stops) stop();
    this.node.remove();
  }

  get chat() {
    return state.chats.get(this.chatId);
  }

  get owner() {
    return state.people.get(this.person);
  }

  get isGroup() {
    return this.chat.type !== "private";
  }

  actions() {
    return {
      press: (message, button) => this.press(message, button),
      react: (message, emoji) => this.send("reacts", { chat: this.chatId, message_id: message.message_id, emoji }),
      vote: (message, index) =>
        this.send("votes", { chat: this.chatId, message_id: message.message_id, options: [index] }),
      deepLink: (payload) => this.start(payload),
      command: (text) => this.send("says", { chat: this.chatId, text }),
      menu: (message, anchor) => this.messageMenu(message, anchor),
    };
  }

  refresh() {
    const title = this.isGroup ? this.chat.title : personName(this.owner);
    this.status = h("span", { class: "status" });
    const options = iconButton("more", t("options"), () => this.optionsMenu(options), { "aria-haspopup": "menu" });
    fill(
      this.head,
      avatar(title, this.isGroup ? this.chatId : this.person),
      h("div", { class: "who" }, h("h2", {}, title), this.status),
      this.isGroup ? this.eyes() : null,
      options,
    );
    this.node.setAttribute(
      "aria-label",
      t("chat_of", { name: this.isGroup ? `${title}, ${personName(this.owner)}` : title }),
    );
    this.drop.textContent = t("drop");
    this.refreshTopics();
    this.refreshStatus();
  }

  refreshStatus() {
    const typing = this.chat.typing !== null;
    this.status.classList.toggle("typing", typing);
    const language = this.owner.language_code?.toUpperCase();
    const about = this.isGroup
      ? t("members", { n: membersOf(this.chat).length })
      : [roleOf(this.owner), language].filter(Boolean).join(" · ");
    const blocked = !this.isGroup && this.owner.blocked ? t("blocked_note") : about;
    fill(this.status, typing ? `${state.bot.first_name} ${t("typing")}` : blocked);
    if (this.isGroup) this.refreshTopics();
  }

  /** Whose eyes a group is seen with. */
  eyes() {
    const choose = (event) => this.desk.change({ person: Number(event.target.value), chat: this.chatId });
    const members = membersOf(this.chat);
    const draw = (person) => h("option", { value: person.id, selected: person.id === this.person }, person.first_name);
    return h(
      "select",
      { class: "eyes", "aria-label": t("seen_by"), title: t("seen_by"), onchange: choose },
      members.map(draw),
    );
  }

  refreshTopics() {
    const shown = this.isGroup && this.chat.is_forum && this.chat.topics?.length > 0;
    this.topics.hidden = !shown;
    const look = JSON.stringify([shown && this.chat.topics, this.thread, document.documentElement.lang]);
    if (!shown || look === this.topicsLook) return;
    this.topicsLook = look;
    const general = { message_thread_id: null, name: t("topic_general") };
    const all = { message_thread_id: undefined, name: t("all_topics") };
    const others = this.chat.topics.filter((topic) => topic.message_thread_id !== 1);
    fill(
      this.topics,
      [all, general, ...others].map((topic) => this.topicTab(topic)),
    );
  }

  topicTab({ message_thread_id: thread, name, closed }) {
    const choose = () => {
      this.thread = thread;
      this.composer.thread = thread ?? undefined;
      this.view.showThread(thread);
      this.refreshTopics();
    };
    const selected = thread === this.thread;
    return h(
      "button",
      {
        type: "button",
        class: closed ? "topic closed" : "topic",
        role: "tab",
        "aria-selected": String(selected),
        onclick: choose,
      },
      name,
    );
  }

  /** Does something as this person; a refusal is shown in the column. Resolves with whether it worked. */
  async send(verb, body = {}) {
    this.view.atEnd = true;
    try {
      await act(verb, { person: this.person, ...body });
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  fail(error) {
    const reason = error instanceof Refused && error.reason === null ? t("no_answer") : error.message;
    note(this.body, t("refused", { reason }));
  }

  start(payload) {
    if (this.isGroup) this.desk.change({ person: this.person, chat: this.person });
    return this.send("start", payload ? { payload } : {});
  }

  async press(message, button) {
    try {
      const answer = await press(this.person, this.chatId, message.message_id, button.callback_data, button.text);
      if (answer.open) await this.open(answer.open);
      if (answer.inline !== undefined) this.composer.put(`@${state.bot.username} ${answer.inline}`);
      if (answer.copy) await this.copy(answer.copy);
    } catch (error) {
      this.fail(error);
    }
  }

  async open(url) {
    if (!URL.canParse(url)) return;
    const address = new URL(url);
    const payload = startPayload(address, state.bot.username);
    if (payload !== null) {
      await this.start(payload);
      return;
    }
    if (!["http:", "https:"].includes(address.protocol)) return;
    if (await ask({ title: t("open_link"), body: [h("p", { class: "address" }, url)], accept: t("open") }))
      window.open(url, "_blank", "noopener");
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      note(this.body, t("copied"));
    } catch {
      // A browser gives the clipboard to a page of this machine only: from a phone the text is shown to be taken by hand.
      await ask({ title: t("copy"), body: [h("textarea", { class: "field", rows: "4", readonly: true }, text)] });
    }
  }

  showToast(toast) {
    if (toast.person !== this.person || toast.chat_id !== this.chatId) return;
    if (toast.url) this.open(toast.url);
    if (!toast.text) return;
    if (toast.alert) alertBox(this.body, toast.text);
    else note(this.body, toast.text);
  }

  messageMenu(message, anchor) {
    const own = isMine(message, this.person);
    const free = !message.has_protected_content;
    const words = message.text ?? message.caption;
    const id = { chat: this.chatId, message_id: message.message_id };
    const react = (emoji) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: "menu-emoji",
          "aria-label": `${t("react")} ${emoji}`,
          onclick: () => choose(emoji),
        },
        emoji,
      );
    const choose = (emoji) => {
      closeMenu();
      this.send("reacts", { ...id, emoji });
    };
    openMenu(
      anchor,
      [
        { node: h("div", { class: "menu-emojis" }, REACTIONS.map(react)) },
        { icon: "reply", label: t("reply"), action: () => this.composer.replyTo(message) },
        own && message.kind === "text"
          ? { icon: "edit", label: t("edit"), action: () => this.composer.edit(message) }
          : null,
        free && words ? { icon: "copy", label: t("copy"), action: () => this.copy(words) } : null,
        free ? { icon: "forward", label: t("forward"), action: () => this.forwardMenu(message, anchor) } : null,
        free ? null : { node: h("p", { class: "menu-note" }, t("protected")) },
        own ? { icon: "close", label: t("delete"), danger: true, action: () => this.send("deletes", id) } : null,
      ],
      t("message_menu"),
    );
  }

  forwardMenu(message, anchor) {
    const body = { from_chat: this.chatId, message_id: message.message_id };
    const item = (chat) => ({
      label: chat.type === "private" ? state.bot.first_name : chatTitle(chat),
      action: () => this.send("forwards", { ...body, chat: chat.id }),
    });
    openMenu(anchor, chatsOf(this.person).map(item), t("forward_to"));
  }

  optionsMenu(anchor) {
    const others = chatsOf(this.person).filter((chat) => chat.id !== this.chatId);
    const language = h(
      "select",
      { class: "field", onchange: (event) => this.send("language", { language_code: event.target.value }) },
      this.languages().map(([code, name]) =>
        h("option", { value: code, selected: code === this.owner.language_code }, name),
      ),
    );
    openMenu(
      anchor,
      [
        ...others.map((chat) => ({
          icon: chat.type === "private" ? "person" : "people",
          label: chat.type === "private" ? personName(this.owner) : chatTitle(chat),
          action: () => this.desk.change({ person: this.person, chat: chat.id }),
        })),
        others.length ? { separator: true } : null,
        this.isGroup ? null : { icon: "link", label: t("start_with"), action: () => this.startWithPayload() },
        this.owner.blocked
          ? { icon: "check", label: t("unblock"), action: () => this.send("unblocks") }
          : { icon: "ban", label: t("block"), danger: true, action: () => this.send("blocks") },
        {
          node: h("label", { class: "menu-field" }, t("telegram_language", { name: this.owner.first_name }), language),
        },
        { separator: true },
        { icon: "close", label: t("hide_column"), action: () => this.desk.hide() },
      ],
      t("options"),
    );
  }

  languages() {
    const code = this.owner.language_code;
    return Object.entries(
      code && !(code in TELEGRAM_LANGUAGES) ? { [code]: code, ...TELEGRAM_LANGUAGES } : TELEGRAM_LANGUAGES,
    );
  }

  async startWithPayload() {
    const payload = h("input", {
      type: "text",
      class: "field",
      pattern: "[A-Za-z0-9_\\-]{0,64}",
      maxlength: "64",
      "aria-label": t("start_payload"),
    });
    const body = [
      h("label", { class: "labelled" }, t("start_payload"), payload),
      h("p", { class: "hint" }, t("start_hint")),
    ];
    if (await ask({ title: t("start_with"), body, accept: t("start") })) await this.start(payload.value);
  }

  /** The name a screen reader or the switcher says for this seat. */
  static label({ person, chat }) {
    const owner = state.people.get(person);
    const group = state.chats.get(chat);
    return group && group.type !== "private" ? group.title : personName(owner);
  }
}
