// The `html` of a message, built again node by node from a closed list: whatever is not on it becomes its text.

import { h } from "./dom.js";
import { fullTime } from "./i18n.js";

const PLAIN = { B: "b", I: "i", U: "u", S: "s", CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote" };
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/**
 * What the links of a message do: `deepLink(payload)` for t.me/<bot>?start=…, `command(text)` for a /command.
 * `username` is the bot's.
 */
export function richText(html, actions) {
  const inert = new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
  return [...inert.body.childNodes].map((node) => copy(node, actions));
}

function copy(node, actions) {
  if (node.nodeType === Node.TEXT_NODE)
    return document.createTextNode(isBlock(node.previousSibling) ? node.data.replace(/^\n/, "") : node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode("");
  const children = () => [...node.childNodes].map((child) => copy(child, actions));
  if (node.tagName in PLAIN) return quoted(h(PLAIN[node.tagName], {}, children()), node);
  if (node.tagName === "A") return link(node, children(), actions);
  if (node.tagName === "SPAN") return span(node, children(), actions);
  if (node.tagName === "BR") return document.createTextNode("\n");
  if (node.tagName === "TIME") return moment(node, children());
  const fragment = document.createDocumentFragment();
  fragment.append(...children());
  return fragment;
}

/** A quote or a block of code ends its line by itself: the line break after it would show as an empty line. */
function isBlock(node) {
  return node?.nodeName === "BLOCKQUOTE" || node?.nodeName === "PRE";
}

function moment(node, children) {
  const seconds = Number(node.dataset.unix);
  return h(
    "time",
    seconds ? { datetime: new Date(seconds * 1000).toISOString(), title: fullTime(seconds) } : {},
    children,
  );
}

function quoted(element, node) {
  if (node.tagName === "BLOCKQUOTE" && node.classList.contains("expandable")) {
    element.classList.add("expandable");
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    onPress(element, () => element.classList.toggle("open"));
  }
  return element;
}

function link(node, children, actions) {
  const href = node.getAttribute("href") ?? "";
  const address = URL.canParse(href) ? new URL(href) : null;
  if (!address || !SCHEMES.has(address.protocol)) return h("span", {}, children);
  const payload = startPayload(address, actions.username);
  if (payload !== null) {
    const follow = (event) => {
      event.preventDefault();
      actions.deepLink(payload);
    };
    return h("a", { href, class: "deep-link", onclick: follow }, children);
  }
  if (address.protocol === "tg:") return h("span", { class: "tg-mention" }, children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function span(node, children, actions) {
  if (node.classList.contains("tg-spoiler")) {
    const spoiler = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false" }, children);
    onPress(spoiler, () => {
      spoiler.classList.add("open");
      spoiler.setAttribute("aria-expanded", "true");
    });
    return spoiler;
  }
  if (node.classList.contains("tg-command")) {
    const command = node.textContent;
    return h("button", { type: "button", class: "tg-command", onclick: () => actions.command(command) }, children);
  }
  const kind = ["tg-mention", "tg-hashtag"].find((name) => node.classList.contains(name));
  return h("span", { class: kind }, children);
}

function onPress(element, action) {
  element.addEventListener("click", action);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action();
  });
}

/** The payload of a link that starts this bot: "" when it has none, null when the link leads elsewhere. */
export function startPayload(address, username) {
  const same = (name) => name?.toLowerCase() === username.toLowerCase();
  if (address.protocol === "tg:" && address.host === "resolve" && same(address.searchParams.get("domain"))) {
    return address.searchParams.get("start");
  }
  if (!["t.me", "telegram.me"].includes(address.host) || !same(address.pathname.slice(1))) return null;
  return address.searchParams.get("start") ?? "";
}
