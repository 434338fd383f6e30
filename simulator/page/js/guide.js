// The strip of five cards for a newcomer: what to try, whose column it happens in, what is done already.

import { fill, h, icon, iconButton } from "./dom.js";
import { STEPS } from "./guide-texts.js";
import { guideText, onLanguage, t } from "./i18n.js";
import { recall, remember } from "./memory.js";

/** `call(who)` brings the column of a customer, the manager or the team into sight. */
export class Guide {
  constructor(host, button, call) {
    Object.assign(this, { host, button, call });
    this.open = recall("guide", true);
    this.done = new Set(recall("guide_done", []));
    button.addEventListener("click", () => this.toggle());
    onLanguage(() => this.draw());
    this.draw();
  }

  toggle() {
    this.open = !this.open;
    remember("guide", this.open);
    this.draw();
    if (!this.open) this.button.focus();
  }

  tick(id) {
    if (!this.done.delete(id)) this.done.add(id);
    remember("guide_done", [...this.done]);
    this.draw();
    this.host.querySelector(`[data-step="${id}"] .step-tick`).focus({ preventScroll: true });
  }

  draw() {
    this.host.hidden = !this.open;
    this.host.setAttribute("aria-label", guideText("title"));
    this.button.setAttribute("aria-expanded", String(this.open));
    this.button.setAttribute("aria-label", t("guide"));
    this.button.title = t("guide");
    if (!this.open) return;
    fill(
      this.host,
      h(
        "div",
        { class: "guide-lead" },
        h("h2", {}, guideText("title")),
        h("p", {}, guideText("lead")),
        iconButton("close", guideText("dismiss"), () => this.toggle(), { class: "icon-button guide-close" }),
      ),
      h(
        "ol",
        { class: "guide-steps" },
        STEPS.map((step, index) => this.card(step, index)),
      ),
    );
  }

  card({ id, who }, index) {
    const done = this.done.has(id);
    const tick = h(
      "button",
      {
        type: "button",
        class: "step-tick",
        "aria-pressed": String(done),
        "aria-label": guideText("done"),
        title: guideText("done"),
        onclick: () => this.tick(id),
      },
      done ? icon("check") : String(index + 1),
    );
    return h(
      "li",
      { class: done ? "guide-step done" : "guide-step", data: { step: id } },
      tick,
      h(
        "div",
        { class: "step-words" },
        h("h3", {}, guideText(`${id}_title`)),
        h("p", {}, guideText(`${id}_text`)),
        h("button", { type: "button", class: "step-show", onclick: () => this.call(who) }, guideText("show")),
      ),
    );
  }
}
