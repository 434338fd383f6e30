// The two keyboards of a bot: buttons under a message, and the one in place of letters.

import { h, icon } from "./dom.js";
import { isPending } from "./presses.js";

function kindOf(button) {
  if (button.url !== undefined || button.login_url !== undefined) return "link";
  if (button.web_app !== undefined) return "window";
  if (button.copy_text !== undefined) return "copy";
  if (Object.keys(button).some((name) => name.startsWith("switch_inline_query"))) return "forward";
  return null;
}

/** Buttons under a message; `press(button)` is told which. A button of another kind than callback has its sign in the corner. */
export function inlineKeyboard(message, viewer, press) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const draw = (button) => {
    const sign = kindOf(button);
    const data = button.callback_data ?? button.text;
    const waiting = isPending(viewer, message.chat.id, message.message_id, data);
    return h(
      "button",
      {
        type: "button",
        class: waiting ? "inline-key waiting" : "inline-key",
        "aria-busy": waiting ? "true" : null,
        data: { data, style: button.style ?? "" },
        onclick: () => press(button),
      },
      h("span", { class: "label" }, button.text),
      sign ? h("span", { class: "sign" }, icon(sign)) : null,
      h("span", { class: "spinner", "aria-hidden": "true" }),
    );
  };
  const columns = String(Math.max(...rows.map((row) => row.length)));
  return h(
    "div",
    { class: "inline-keyboard", style: { "--columns": columns } },
    rows.map((row) => h("div", { class: "row" }, row.map(draw))),
  );
}

/** Turns the spinners of a drawn message on and off without drawing it again. */
export function refreshPending(node, message, viewer) {
  for (const key of node.querySelectorAll(".inline-key")) {
    const waiting = isPending(viewer, message.chat.id, message.message_id, key.dataset.data);
    key.classList.toggle("waiting", waiting);
    if (waiting) key.setAttribute("aria-busy", "true");
    else key.removeAttribute("aria-busy");
  }
}

function signOfKey(button) {
  if (button.request_contact) return "person";
  if (button.request_location) return "pin";
  if (button.request_poll) return "poll";
  if (button.web_app) return "window";
  return null;
}

/** The keyboard in place of letters. Not resized, it is as tall as a phone's own. */
export function replyKeyboard(keyboard, label, tap) {
  const draw = (button) => {
    const sign = signOfKey(button);
    return h(
      "button",
      { type: "button", class: "reply-key", data: { style: button.style ?? "" }, onclick: () => tap(button) },
      sign ? icon(sign) : null,
      h("span", { class: "label" }, button.text),
    );
  };
  return h(
    "div",
    { class: keyboard.resize ? "reply-keyboard" : "reply-keyboard tall", role: "group", "aria-label": label },
    keyboard.rows.map((row) => h("div", { class: "row" }, row.map(draw))),
  );
}
