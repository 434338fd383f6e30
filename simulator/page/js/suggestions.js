// What opens above the input: the "/" menu of commands, and the results of an inline search.

import { fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { fileAddress, act } from "./socket.js";
import { on, state } from "./state.js";

const INLINE_PAUSE_MS = 300;

let counter = 0;

/**
 * The list over one composer. `person`, `chat`: whose menu and where. `choose.command(name)`, `choose.complete(name)`,
 * `choose.result(queryId, id)` and `choose.start(payload)` are told what was chosen.
 */
export class Suggestions {
  constructor({ person, chat, input, choose }) {
    Object.assign(this, { person, chat, input, choose });
    this.id = `suggestions-${++counter}`;
    this.node = h("div", { class: "suggestions", id: this.id, role: "listbox", hidden: true });
    this.commands = [];
    this.options = [];
    this.active = -1;
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-autocomplete", "list");
    this.node.addEventListener("scroll", () => this.nearEnd() && this.more(), { passive: true });
    this.stops = [
      on("commands", (about = person) => about === person && this.load()),
      on("bot", () => this.load()),
      on("connection", (connected) => connected && this.load()),
    ];
    this.load();
  }

  destroy() {
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
  }

  async load() {
    try {
      const answer = await act("commands", { person: this.person, chat: this.chat });
      this.commands = answer.commands;
      this.onCommands?.(answer);
    } catch {
      return;
    }
  }

  get isOpen() {
    return !this.node.hidden;
  }

  close() {
    clearTimeout(this.timer);
    this.asked = null;
    this.show([]);
  }

  /** Every command there is, as the "/" button shows them. */
  openCommands() {
    this.showCommands("");
  }

  /** Looks at what is being written. */
  follow(text) {
    const command = /^\/(\w*)$/.exec(text);
    if (command) {
      this.showCommands(command[1].toLowerCase());
      return;
    }
    const words = inlineWords(text);
    if (words === null) {
      this.close();
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(words), INLINE_PAUSE_MS);
  }

  showCommands(prefix) {
    const found = this.commands.filter(({ command }) => command.startsWith(prefix));
    this.node.setAttribute("aria-label", t("commands"));
    this.show(
      found.map(({ command, description }) => ({
        choose: () => this.choose.command(command),
        complete: () => this.choose.complete(command),
        content: [h("b", {}, `/${command}`), h("span", {}, description)],
        kind: "command",
      })),
    );
  }

  async search(query) {
    const asked = { query, next: null };
    this.asked = asked;
    this.node.setAttribute("aria-label", t("inline_title", { name: state.bot.username }));
    const answer = await this.ask(query, "");
    if (this.asked !== asked || answer === null) return;
    asked.next = answer.next_offset || null;
    const button = answer.button ? [this.buttonOption(answer.button)] : [];
    const results = (answer.results ?? []).map((result) => this.resultOption(answer.query_id, result));
    this.show([...button, ...results], results.length || button.length ? null : t("inline_empty"));
  }

  async more() {
    const asked = this.asked;
    if (!asked?.next) return;
    const offset = asked.next;
    asked.next = null;
    const answer = await this.ask(asked.query, offset);
    if (this.asked !== asked || answer === null) return;
    asked.next = answer.next_offset || null;
    const added = (answer.results ?? []).map((result) => this.resultOption(answer.query_id, result));
    this.show([...this.options, ...added], null, this.active);
  }

  async ask(query, offset) {
    try {
      return await act("inline", { person: this.person, chat: this.chat, query, offset });
    } catch {
      return null;
    }
  }

  buttonOption(button) {
    return {
      kind: "wide",
      content: [h("b", {}, button.text)],
      choose: () => this.choose.start(button.start_parameter ?? ""),
    };
  }

  resultOption(queryId, result) {
    const title = result.title ?? [result.first_name, result.last_name].filter(Boolean).join(" ");
    const file = result.photo_file_id ?? result.document_file_id;
    const address = result.thumbnail_url ?? result.photo_url ?? (file ? fileAddress(file) : null);
    const picture = address
      ? h("img", { src: address, alt: "", loading: "lazy" })
      : h("span", { class: "letter" }, [...(title || "·")][0]);
    return {
      kind: "result",
      choose: () => this.choose.result(queryId, result.id),
      content: [
        picture,
        h(
          "span",
          { class: "lines" },
          h("b", {}, title),
          h("small", {}, result.description ?? result.phone_number ?? result.caption ?? ""),
        ),
      ],
    };
  }

  nearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 40;
  }

  show(options, emptyText = null, active = 0) {
    this.options = options;
    this.active = options.length ? Math.max(0, active) : -1;
    const draw = (option, index) =>
      h(
        "div",
        {
          class: `suggestion ${option.kind}`,
          id: `${this.id}-${index}`,
          role: "option",
          "aria-selected": "false",
          // The input keeps the focus: a press must not take it away first.
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => option.choose(),
        },
        option.content,
      );
    fill(this.node, emptyText ? h("div", { class: "suggestion-empty" }, emptyText) : options.map(draw));
    this.node.hidden = options.length === 0 && emptyText === null;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.mark();
  }

  mark() {
    this.node.querySelectorAll(".suggestion").forEach((node, index) => {
      node.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active && this.isOpen) node.scrollIntoView({ block: "nearest" });
    });
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** Arrows move, Enter chooses, Tab completes a command, Escape closes. True: the key is used up. */
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      this.active = (this.active + step + this.options.length) % this.options.length;
      this.mark();
      return true;
    }
    const option = this.options[this.active];
    if (!option || event.shiftKey) return false;
    if (event.key === "Tab" && option.complete) {
      option.complete();
      return true;
    }
    if (event.key !== "Enter") return false;
    option.choose();
    return true;
  }
}

/** The words of "@botname words", "" when there are none yet; null when this is not an inline search. */
function inlineWords(text) {
  const start = `@${state.bot.username} `.toLowerCase();
  return text.toLowerCase().startsWith(start) ? text.slice(start.length).trim() : null;
}
