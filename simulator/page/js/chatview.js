// The list of messages of one chat: drawn once each, changed in place, kept at the newest end unless its reader went up.

import { fill, h, iconButton } from "./dom.js";
import { day, dayStart, onLanguage, t } from "./i18n.js";
import { refreshPending } from "./keyboards.js";
import { authorOf, isMine, messageNode } from "./message.js";
import { onPending } from "./presses.js";
import { act } from "./socket.js";
import { addHistory, isReceived, messageOf, now, on, state } from "./state.js";

const RUN_SECONDS = 300;
const NEAR_END_PX = 60;

/** Shows `chat` as `viewer` sees it; `actions` is what links, buttons and menus do (see column.js). */
export class ChatView {
  constructor({ chatId, viewer, actions }) {
    Object.assign(this, { chatId, viewer, actions });
    this.thread = undefined;
    this.drawn = new Map();
    this.fresh = false;
    this.atEnd = true;
    this.missed = 0;
    this.list = h("ol", { class: "messages" });
    this.empty = h("div", { class: "empty" });
    this.jump = iconButton("down", t("to_bottom"), () => this.toEnd("smooth"), {
      class: "icon-button to-bottom",
      hidden: true,
    });
    this.count = h("span", { class: "count" });
    this.jump.append(this.count);
    this.scroller = h("div", { class: "scroller", tabindex: "0", role: "log" }, this.empty, this.list);
    this.node = h("div", { class: "chat-view" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.walk(event));
    this.scroller.addEventListener("contextmenu", (event) => this.contextMenu(event));
    // Pictures and keyboards change heights: the newest message stays in sight.
    this.watch = new ResizeObserver(() => this.atEnd && this.toEnd());
    this.watch.observe(this.scroller);
    this.watch.observe(this.list);
    this.stops = [
      on(`chat:${chatId}`, () => this.update()),
      on("toast", (toast) => toast.chat_id === chatId && this.update()),
      onPending(() => this.refreshPending()),
      onLanguage(() => this.relabel()),
      // "Today" is by the simulator's clock.
      on("clock", () => this.update()),
    ];
    this.update();
    this.fresh = true;
  }

  relabel() {
    this.drawn.clear();
    this.update();
  }

  destroy() {
    for (const stop of this.stops) stop();
    this.watch.disconnect();
  }

  /** What the bot says of itself, shown while nothing has been said yet. */
  describe(text) {
    this.description = text;
    this.showEmpty(this.chat.messages.length === 0);
  }

  /** Called when the column comes onto the screen: heights were unknown until now. */
  shown() {
    if (this.atEnd) this.toEnd();
  }

  showThread(thread) {
    this.thread = thread;
    this.update();
    this.toEnd();
  }

  get chat() {
    return state.chats.get(this.chatId);
  }

  update() {
    const chat = this.chat;
    const shown = chat.messages.filter(
      (message) => this.thread === undefined || (message.message_thread_id ?? null) === this.thread,
    );
    const previous = this.drawn;
    this.drawn = new Map();
    const nodes = [];
    let lastDay = null;
    shown.forEach((message, index) => {
      const midnight = dayStart(message.date);
      if (midnight !== lastDay) nodes.push(this.separator(day(message.date, now()), previous));
      lastDay = midnight;
      nodes.push(this.drawMessage(message, this.placeOf(shown, index), previous));
    });
    this.sync(nodes);
    this.showEmpty(shown.length === 0);
    this.scroller.setAttribute("aria-label", t("chat_of", { name: state.bot.first_name }));
    if (this.atEnd) this.toEnd();
  }

  placeOf(shown, index) {
    const message = shown[index];
    const near = (other) =>
      other !== undefined &&
      other.kind !== "service" &&
      authorOf(other).id === authorOf(message).id &&
      Math.abs(other.date - message.date) < RUN_SECONDS &&
      dayStart(other.date) === dayStart(message.date) &&
      other.message_thread_id === message.message_thread_id;
    const service = message.kind === "service";
    const group = this.chat.type !== "private";
    return {
      first: service || !near(shown[index - 1]),
      last: service || !near(shown[index + 1]),
      showAuthor: group,
      showTopic: group && this.chat.is_forum && this.thread === undefined && !near(shown[index - 1]),
    };
  }

  separator(text, previous) {
    const key = `day ${text}`;
    const node = previous.get(key)?.node ?? h("li", { class: "day" }, h("span", {}, text));
    this.drawn.set(key, { node });
    return node;
  }

  drawMessage(message, place, previous) {
    const key = message.message_id;
    const received = isMine(message, this.viewer) && isReceived(message);
    const quoted = message.reply_to_message ? messageOf(this.chatId, message.reply_to_message.message_id) : null;
    const look = JSON.stringify([place, received]);
    const known = previous.get(key);
    if (known && known.message === message && known.look === look && known.quoted === quoted) {
      this.drawn.set(key, known);
      return known.node;
    }
    const context = {
      ...this.actions,
      viewer: this.viewer,
      chat: this.chat,
      username: state.bot.username,
      jumpTo: (id) => this.jumpTo(id),
    };
    const node = messageNode(message, place, context);
    if (!known && this.fresh && message.seq >= this.newest) node.classList.add("appear");
    if (known?.node.contains(document.activeElement)) this.keepFocus(known.node, node);
    this.drawn.set(key, { message, look, quoted, node });
    return node;
  }

  /** A button that was just pressed often changes its own message: the focus must not fall to the page's top. */
  keepFocus(old, node) {
    const buttons = [...old.querySelectorAll("button")];
    const index = buttons.indexOf(document.activeElement);
    queueMicrotask(() => ([...node.querySelectorAll("button")][index] ?? node).focus({ preventScroll: true }));
  }

  /** Puts exactly these nodes into the list, moving as few as possible. */
  sync(nodes) {
    const added = nodes.filter((node) => !node.isConnected && node.classList.contains("appear")).length;
    const wanted = new Set(nodes);
    for (const node of [...this.list.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, index) => {
      if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null);
    });
    this.newest = Math.max(0, ...this.chat.messages.map((message) => message.seq));
    if (!this.atEnd) this.setMissed(this.missed + added);
  }

  showEmpty(isEmpty) {
    this.empty.hidden = !isEmpty;
    if (!isEmpty) return;
    const isNew = this.chat.type === "private" && !state.people.get(this.viewer)?.started;
    const plain = [h("b", {}, t("empty")), isNew ? h("p", {}, t("empty_hint")) : null];
    const card = isNew && this.description ? [h("b", {}, t("what_can")), h("p", {}, this.description)] : plain;
    fill(this.empty, h("div", { class: "empty-card" }, card));
  }

  refreshPending() {
    for (const { node, message } of this.drawn.values()) if (message) refreshPending(node, message, this.viewer);
  }

  toEnd(behavior = "instant") {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  scrolled() {
    const left = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    this.atEnd = left < NEAR_END_PX;
    this.jump.hidden = this.atEnd;
    if (this.atEnd) this.setMissed(0);
    if (this.scroller.scrollTop < 80) this.loadOlder();
  }

  setMissed(count) {
    this.missed = count;
    this.count.textContent = count ? String(count) : "";
    this.jump.setAttribute("aria-label", t("to_bottom"));
  }

  async loadOlder() {
    const oldest = this.chat.messages[0];
    if (!oldest || oldest.message_id === 1 || this.loading || this.exhausted === oldest.message_id) return;
    this.loading = true;
    try {
      const { messages } = await act("history", { chat: this.chatId, before: oldest.message_id });
      if (!messages.length) this.exhausted = oldest.message_id;
      const height = this.scroller.scrollHeight - this.scroller.scrollTop;
      addHistory(this.chatId, messages);
      this.scroller.scrollTop = this.scroller.scrollHeight - height;
    } catch {
      this.exhausted = oldest.message_id;
    } finally {
      this.loading = false;
    }
  }

  jumpTo(messageId) {
    const node = this.list.querySelector(`[data-id="${messageId}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  /** Up and down walk through the messages, Enter opens what can be done with one. */
  walk(event) {
    const items = [...this.list.querySelectorAll(".message")];
    const current = items.indexOf(document.activeElement);
    if (document.activeElement !== this.scroller && current < 0) return;
    if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      this.openMenu(items[current]);
      return;
    }
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !items.length) return;
    event.preventDefault();
    const next = current < 0 ? items.length - 1 : Math.min(items.length - 1, Math.max(0, current + step));
    items[next].focus();
  }

  contextMenu(event) {
    const item = event.target.closest(".message");
    if (!item || event.target.closest("a, img")) return;
    event.preventDefault();
    this.openMenu(item);
  }

  openMenu(item) {
    const message = messageOf(this.chatId, Number(item.dataset.id));
    if (message) this.actions.menu(message, item.querySelector(".bubble"));
  }
}
