// Where a person writes: the input, what it answers or edits, the bot's keyboard, Start and Unblock in their place.

import { Attachments } from "./attachments.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { replyKeyboard } from "./keyboards.js";
import { summary } from "./media.js";
import { authorOf, isMine } from "./message.js";
import { ask } from "./popups.js";
import { Suggestions } from "./suggestions.js";
import { on, messageOf, state } from "./state.js";

/**
 * `person` writes in `chatId`. `send(verb, body)` resolves with true when it worked; `fail(error)` says why not;
 * `describe(text)` is told what the bot says of itself in this person's language.
 */
export class Composer {
  constructor({ person, chatId, send, fail, describe }) {
    Object.assign(this, { person, chatId, fail });
    this.thread = undefined;
    this.send = (verb, body) => send(verb, { ...this.whereabouts(), ...body });
    this.about = null;
    this.draw();
    this.attachments = new Attachments({ send: (verb, body) => this.sendAttachment(verb, body), fail });
    this.suggestions = new Suggestions({
      person,
      chat: chatId,
      input: this.input,
      choose: {
        command: (name) => this.sendCommand(name),
        complete: (name) => this.put(`/${name} `),
        result: (queryId, resultId) => this.sendResult(queryId, resultId),
        start: (payload) => send("start", payload ? { payload } : {}),
      },
    });
    this.suggestions.onCommands = ({ description }) => {
      describe(description);
      this.refresh();
    };
    this.node.prepend(this.suggestions.node);
    this.node.append(this.attachments.picker);
    this.stops = [
      on(`chat:${chatId}`, () => this.refresh()),
      on("people", (about = person) => about === person && this.refresh()),
      onLanguage(() => this.relabel()),
    ];
    this.refresh();
  }

  draw() {
    this.input = h("textarea", {
      rows: "1",
      class: "input",
      role: "combobox",
      autocomplete: "off",
      maxlength: "4096",
      oninput: () => this.written(),
      onkeydown: (event) => this.key(event),
      onpaste: (event) => this.pasted(event),
    });
    this.plus = iconButton("plus", "", () => this.attachments.menu(this.plus), { "aria-haspopup": "menu" });
    this.slash = iconButton("slash", "", () => this.toggleCommands());
    this.keys = iconButton("keyboard", "", () => this.toggleKeyboard());
    this.submit = iconButton("send", "", () => this.write(), { class: "icon-button send" });
    this.aboutBar = h("div", { class: "about-bar", hidden: true });
    this.row = h("div", { class: "input-row" }, this.plus, this.input, this.slash, this.keys, this.submit);
    this.keyboard = h("div", { class: "keyboard-place", hidden: true });
    this.instead = h("button", { type: "button", class: "instead", hidden: true });
    this.node = h("footer", { class: "composer" }, this.aboutBar, this.row, this.keyboard, this.instead);
    this.relabel();
  }

  destroy() {
    this.suggestions.destroy();
    for (const stop of this.stops) stop();
  }

  whereabouts() {
    const place = { chat: this.chatId };
    if (this.thread) place.thread = this.thread;
    return place;
  }

  relabel() {
    const label = (button, key) => {
      button.title = t(key);
      button.setAttribute("aria-label", t(key));
    };
    label(this.plus, "surprises");
    label(this.slash, "commands");
    label(this.submit, "send");
    if (this.stops) this.refresh();
  }

  refresh() {
    const person = state.people.get(this.person);
    const chat = state.chats.get(this.chatId);
    if (!person || !chat) return;
    const mine = chat.type === "private";
    const instead = mine && person.blocked ? "unblock" : mine && !person.started ? "start" : null;
    const goesOn = document.activeElement === this.instead && instead === null;
    this.instead.hidden = instead === null;
    this.row.hidden = instead !== null;
    if (instead) {
      this.instead.textContent = t(instead);
      this.instead.onclick = () => this.send(instead === "start" ? "start" : "unblocks", {});
    }
    this.refreshKeyboard(instead === null ? chat.keyboard : null);
    this.refreshForceReply(chat.force_reply);
    this.refreshButtons();
    if (goesOn) this.input.focus({ preventScroll: true });
  }

  refreshButtons() {
    const empty = this.input.value.trim() === "";
    this.submit.disabled = empty;
    this.slash.hidden = !empty || this.suggestions?.commands.length === 0;
  }

  refreshKeyboard(keyboard) {
    const message = keyboard?.message_id ?? null;
    if (message !== this.keyboardMessage || keyboard?.hidden !== this.keyboardUsed)
      this.collapsed = keyboard?.hidden ?? false;
    this.keyboardMessage = message;
    this.keyboardUsed = keyboard?.hidden;
    const shown = keyboard !== null && keyboard !== undefined && !this.collapsed;
    this.keys.hidden = !keyboard;
    this.keys.setAttribute("aria-expanded", String(shown));
    const name = t(shown ? "keyboard_hide" : "keyboard_show");
    this.keys.title = name;
    this.keys.setAttribute("aria-label", name);
    this.keyboard.hidden = !shown;
    const look = JSON.stringify(shown ? keyboard : null);
    if (look !== this.keyboardLook)
      fill(this.keyboard, shown ? replyKeyboard(keyboard, t("keyboard_show"), (button) => this.tap(button)) : null);
    this.keyboardLook = look;
    const hint = state.chats.get(this.chatId).force_reply?.placeholder ?? (shown ? keyboard.placeholder : null);
    this.input.placeholder = hint ?? t("message");
    this.input.setAttribute("aria-label", hint ?? t("message"));
  }

  refreshForceReply(forceReply) {
    const wanted = forceReply?.message_id ?? null;
    const message = wanted === null ? null : messageOf(this.chatId, wanted);
    // The keyboard may be told before its message is.
    if (wanted === this.forced || (wanted !== null && !message)) return;
    this.forced = wanted;
    if (message) this.replyTo(message);
    else if (this.about?.kind === "reply") this.setAbout(null);
  }

  toggleKeyboard() {
    this.collapsed = !this.collapsed;
    this.refreshKeyboard(state.chats.get(this.chatId).keyboard);
  }

  toggleCommands() {
    if (this.suggestions.isOpen) this.suggestions.close();
    else this.suggestions.openCommands();
    this.input.focus();
  }

  async tap(button) {
    if (button.request_contact && !(await this.agreesToShareContact())) return;
    if (button.request_location) {
      await this.attachments.shareLocation();
      return;
    }
    await this.send("taps", { text: button.text });
    if (matchMedia("(pointer: fine)").matches) this.input.focus();
  }

  agreesToShareContact() {
    const { phone } = state.people.get(this.person);
    const text = t("share_contact_text", { phone: phone ?? `+99900${this.person}` });
    return ask({ title: t("share_contact_title"), body: [h("p", {}, text)], accept: t("share") });
  }

  key(event) {
    if (event.isComposing) return;
    if (this.suggestions.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Escape" && this.about) this.setAbout(null);
    if (event.key === "ArrowUp" && this.input.value === "") this.editNewest(event);
    if (event.key !== "Enter" || event.shiftKey) return;
    if (matchMedia("(pointer: coarse)").matches && !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    this.write();
  }

  editNewest(event) {
    const own = state.chats
      .get(this.chatId)
      .messages.filter((message) => isMine(message, this.person) && message.kind === "text");
    if (!own.length) return;
    event.preventDefault();
    this.edit(own.at(-1));
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attachments.offer(files);
  }

  written() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
    this.refreshButtons();
    if (this.about?.kind !== "edit") this.suggestions.follow(this.input.value);
  }

  /** Puts words into the input for the person to go on from. */
  put(text) {
    this.input.value = text;
    this.input.focus();
    this.written();
  }

  async write() {
    const text = this.input.value.trim();
    if (!text) return;
    const about = this.about;
    // Taken at once, given back if refused: a second Enter must not send it twice.
    this.clear();
    const worked =
      about?.kind === "edit"
        ? await this.sendEdit(about.message, text)
        : await this.send("says", { text, ...this.replyFields(about) });
    if (worked || this.input.value) return;
    this.input.value = text;
    this.setAbout(about);
    this.written();
  }

  replyFields(about) {
    if (about?.kind !== "reply") return {};
    const fields = { reply_to: about.message.message_id };
    const thread = about.message.message_thread_id;
    return thread ? { ...fields, thread } : fields;
  }

  sendEdit(message, text) {
    if (text === message.text) return Promise.resolve(true);
    return this.send("edits", { message_id: message.message_id, text });
  }

  sendAttachment(verb, body) {
    const about = this.about;
    this.setAbout(null);
    return this.send(verb, { ...body, ...this.replyFields(about) });
  }

  sendCommand(name) {
    this.clear();
    const isGroup = state.chats.get(this.chatId).type !== "private";
    return this.send("says", { text: isGroup ? `/${name}@${state.bot.username}` : `/${name}` });
  }

  async sendResult(queryId, resultId) {
    if (await this.send("chooses", { query_id: queryId, result_id: resultId })) this.clear();
  }

  clear() {
    this.input.value = "";
    this.setAbout(null);
    this.suggestions.close();
    this.written();
  }

  replyTo(message) {
    this.setAbout({ kind: "reply", message });
    this.input.focus({ preventScroll: true });
  }

  edit(message) {
    this.setAbout({ kind: "edit", message });
    this.put(message.text);
  }

  setAbout(about) {
    if (this.about?.kind === "edit" && about === null) this.input.value = "";
    this.about = about;
    this.aboutBar.hidden = about === null;
    if (!about) {
      fill(this.aboutBar);
      this.refreshButtons();
      return;
    }
    const isReply = about.kind === "reply";
    fill(
      this.aboutBar,
      icon(isReply ? "reply" : "edit"),
      h(
        "span",
        { class: "lines" },
        h("b", {}, isReply ? t("replying", { name: authorOf(about.message).name }) : t("editing")),
        h("span", {}, summary(about.message)),
      ),
      iconButton("close", t("cancel"), () => this.setAbout(null)),
    );
  }
}
