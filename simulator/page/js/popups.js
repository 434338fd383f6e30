// Menus, questions and short notes over a column. The focus goes in, Escape closes, the focus goes back.

import { fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";

const NOTE_FOR_MS = 3_500;

let opened = null;

export function closeMenu() {
  opened?.close();
}

/**
 * A menu at an element. `items`: {label, icon?, checked?, danger?, action} or {separator: true} or {node}.
 * It closes at a choice, at Escape and at a press elsewhere.
 */
export function openMenu(anchor, items, label) {
  const again = opened?.anchor === anchor;
  closeMenu();
  if (again) return;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label });
  const close = () => {
    if (opened?.menu !== menu) return;
    opened = null;
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    if (menu.matches(":focus-within") || document.activeElement === document.body)
      anchor.focus({ preventScroll: true });
  };
  const outside = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const choose = (item) => {
    anchor.focus({ preventScroll: true });
    close();
    item.action();
  };
  fill(
    menu,
    items.filter(Boolean).map((item) => menuItem(item, choose)),
  );
  menu.addEventListener("keydown", (event) => moveInMenu(event, menu, close, anchor));
  document.body.append(menu);
  position(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  opened = { menu, anchor, close };
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  menu.querySelector("button, select, input")?.focus({ preventScroll: true });
}

function menuItem(item, choose) {
  if (item.separator) return h("hr", {});
  if (item.node) return item.node;
  const checkable = item.checked !== undefined;
  return h(
    "button",
    {
      type: "button",
      class: item.danger ? "menu-item danger" : "menu-item",
      role: checkable ? "menuitemcheckbox" : "menuitem",
      "aria-checked": checkable ? String(item.checked) : null,
      onclick: () => choose(item),
    },
    h(
      "span",
      { class: "menu-icon" },
      item.icon ? icon(item.icon) : null,
      checkable && item.checked ? icon("check") : null,
    ),
    h("span", { class: "menu-label" }, item.label),
  );
}

function moveInMenu(event, menu, close, anchor) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    anchor.focus({ preventScroll: true });
    close();
    return;
  }
  if (event.target.matches("select, input") && event.key !== "Escape") return;
  const items = [...menu.querySelectorAll("button, select")];
  const current = items.indexOf(document.activeElement);
  const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

function position(menu, anchor) {
  const edge = 8;
  const place = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = place.bottom + 6;
  const top =
    below + height + edge <= innerHeight
      ? below
      : Math.max(edge, Math.min(place.top - height - 6, innerHeight - height - edge));
  const left = Math.min(Math.max(edge, place.left), innerWidth - width - edge);
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(edge, left)}px`;
}

/** A question over the page. `body` are nodes; resolves with true when it was agreed to. `accept` null: only OK. */
export function ask({ title, body = [], accept = null, danger = false, host = document.body }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const dialog = h("dialog", { class: "dialog", "aria-label": title });
    const answer = (value) => {
      dialog.close();
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(value);
    };
    const form = h(
      "form",
      { method: "dialog", onsubmit: (event) => (event.preventDefault(), answer(true)) },
      h("h2", {}, title),
      h("div", { class: "dialog-body" }, body),
      h(
        "div",
        { class: "dialog-actions" },
        accept
          ? h("button", { type: "button", class: "button quiet", onclick: () => answer(false) }, t("cancel"))
          : null,
        h("button", { type: "submit", class: danger ? "button primary danger" : "button primary" }, accept ?? t("ok")),
      ),
    );
    dialog.append(form);
    dialog.addEventListener("cancel", (event) => (event.preventDefault(), answer(false)));
    dialog.addEventListener("click", (event) => event.target === dialog && answer(false));
    host.append(dialog);
    dialog.showModal();
  });
}

/** A short note over a column, as Telegram answers a press; gone by itself. */
export function note(host, text) {
  host.querySelector(".note")?.remove();
  const shown = h("div", { class: "note", role: "status" }, h("span", {}, text));
  host.append(shown);
  setTimeout(() => shown.classList.add("leaving"), NOTE_FOR_MS);
  setTimeout(() => shown.remove(), NOTE_FOR_MS + 300);
}

/** An answer that must be read: it stays until OK. */
export function alertBox(host, text) {
  const close = () => {
    box.remove();
    before?.isConnected && before.focus({ preventScroll: true });
  };
  const before = document.activeElement;
  const button = h("button", { type: "button", class: "button primary", onclick: close }, t("ok"));
  const card = h("div", { class: "alert-card" }, h("p", {}, text), button);
  const box = h(
    "div",
    {
      class: "alert",
      role: "alertdialog",
      "aria-label": text,
      onkeydown: (event) => event.key === "Escape" && close(),
    },
    card,
  );
  host.append(box);
  button.focus({ preventScroll: true });
}
