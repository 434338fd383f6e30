// The bot's clock in the header, and the buttons that move it forward.

import { fill, h, icon } from "./dom.js";
import { clockTime, onLanguage, span, t } from "./i18n.js";
import { ask, note, openMenu } from "./popups.js";
import { act } from "./socket.js";
import { now, on, state } from "./state.js";

const STEPS = [
  ["clock_hour", 3_600],
  ["clock_day", 86_400],
  ["clock_week", 604_800],
];

/** Keeps `host` showing the clock for as long as the page is open. */
export class Clock {
  constructor(host) {
    this.host = host;
    this.face = h("span", { class: "clock-face" });
    this.ahead = h("span", { class: "clock-ahead" });
    this.small = h(
      "button",
      { type: "button", class: "clock-small", "aria-haspopup": "menu", onclick: () => this.menu() },
      icon("clock"),
      this.face,
      this.ahead,
    );
    this.steps = h("div", { class: "clock-steps", role: "group" });
    host.append(this.small, this.steps);
    on("clock", () => this.refresh());
    onLanguage(() => this.relabel());
    this.relabel();
    setInterval(() => this.refresh(), 1_000);
  }

  relabel() {
    const step = ([key, seconds]) =>
      h("button", { type: "button", class: "button", onclick: () => this.move({ advance: seconds }) }, t(key));
    fill(
      this.steps,
      STEPS.map(step),
      h("button", { type: "button", class: "button", onclick: () => this.toDate() }, t("clock_date")),
    );
    this.steps.setAttribute("aria-label", t("clock_go"));
    this.small.title = t("clock_now");
    this.refresh();
  }

  refresh() {
    const text = clockTime(now());
    const { offset } = state.clock;
    const ahead = offset >= 60 ? t("clock_ahead", { span: span(offset) }) : "";
    if (this.face.textContent !== text) this.face.textContent = text;
    if (this.ahead.textContent !== ahead) this.ahead.textContent = ahead;
    this.small.setAttribute("aria-label", [t("clock_now"), text, ahead].filter(Boolean).join(", "));
  }

  /** The same buttons for a narrow screen. */
  menu() {
    const steps = STEPS.map(([key, seconds]) => ({ label: t(key), action: () => this.move({ advance: seconds }) }));
    openMenu(this.small, [...steps, { label: t("clock_date"), action: () => this.toDate() }], t("clock_go"));
  }

  async move(how) {
    try {
      await act("clock", how);
    } catch (error) {
      note(document.body, t("refused", { reason: error.reason ?? t("no_answer") }));
    }
  }

  async toDate() {
    const local = (seconds) =>
      new Date(seconds * 1000 - new Date(seconds * 1000).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    const input = h("input", {
      type: "datetime-local",
      class: "field",
      required: true,
      min: local(now()),
      value: local(now() + 86_400),
      "aria-label": t("clock_when"),
    });
    const agreed = await ask({
      title: t("clock_date").replace("…", ""),
      body: [h("label", { class: "labelled" }, t("clock_when"), input), h("p", { class: "hint" }, t("clock_past"))],
      accept: t("clock_go"),
    });
    if (!agreed || !input.value) return;
    await this.move({ to: Math.floor(new Date(input.value).getTime() / 1000) });
  }
}
