// Builds elements without ever turning a value into markup: what a person wrote stays text.

const SVG = "http://www.w3.org/2000/svg";

/** h("button", {class: "x", onclick: f, "aria-label": "…"}, "text", node, null) */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
    else if (name === "data") for (const [key, part] of Object.entries(value)) element.dataset[key] = part;
    else if (name in element && typeof value === "boolean") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child);
  }
}

const PATHS = {
  attach: "M20 11.5 12.3 19a5 5 0 0 1-7-7.1l8-7.8a3.4 3.4 0 0 1 4.8 4.8l-7.8 7.6a1.7 1.7 0 0 1-2.4-2.4l7-6.9",
  send: "M4 12 3.5 5.2c0-.8.8-1.3 1.5-1L20.5 11c.9.4.9 1.6 0 2L5 19.8c-.7.3-1.5-.2-1.5-1L4 12Zm0 0h8",
  keyboard:
    "M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9ZM7 10h.01M12 10h.01M17 10h.01M8 14.5h8",
  slash: "M4.5 4.5h15v15h-15zM14 8l-4 8",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.5 5.5 8 12l6.5 6.5",
  clock: "M12 7v5l3.2 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  help: "M9.2 9.3a2.9 2.9 0 1 1 4.3 2.6c-.9.5-1.5 1.1-1.5 2.1M12 17.2h.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  file: "M13 3.5H7.5A1.5 1.5 0 0 0 6 5v14a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 18 19V8.5l-5-5Zm0 0v5h5",
  photo:
    "M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5ZM3.5 17l5-5 4 4 3-3 5 4.5M15.5 9h.01",
  album:
    "M8 4h11a1.5 1.5 0 0 1 1.5 1.5V16M5 8h10.5A1.5 1.5 0 0 1 17 9.5v9A1.5 1.5 0 0 1 15.5 20H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 8Z",
  voice:
    "M12 3.5a2.7 2.7 0 0 1 2.7 2.7v5.6a2.7 2.7 0 1 1-5.4 0V6.2A2.7 2.7 0 0 1 12 3.5ZM6 11.5a6 6 0 0 0 12 0M12 17.5v3",
  note: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm-2 5v6l5-3-5-3Z",
  sticker: "M20 13A8 8 0 1 1 11 4.1L20 13Zm0 0h-6a3 3 0 0 1-3-3V4.1",
  dice: "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2ZM8.5 8.5h.01M15.5 8.5h.01M12 12h.01M8.5 15.5h.01M15.5 15.5h.01",
  poll: "M6 20V10M12 20V4M18 20v-7",
  pin: "M12 21s6.5-6 6.5-11a6.5 6.5 0 1 0-13 0C5.5 15 12 21 12 21Zm0-8.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8a7.5 7.5 0 0 1 15 0",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 8.5a6.5 6.5 0 0 1 13 0M16 4.5a3.3 3.3 0 0 1 0 6.3M18.5 14a6 6 0 0 1 3 5.5",
  ban: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM5.7 5.7l12.6 12.6",
  reply: "M10 6 4.5 11.5 10 17v-3.5c5 0 8 1.5 9.5 5 0-6-3-9.5-9.5-9.5V6Z",
  forward: "M14 6l5.5 5.5L14 17v-3.5c-5 0-8 1.5-9.5 5 0-6 3-9.5 9.5-9.5V6Z",
  edit: "M14.5 5.5l4 4L8 20H4v-4L14.5 5.5Z",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  link: "M8 16 16.5 7.5M9.5 7.5h7v7",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
  down: "M6 9.5l6 6 6-6",
  globe: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9Z",
  smile: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM8.5 14.5c1.8 2.4 5.2 2.4 7 0M9 9.5h.01M15 9.5h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  window: "M4 5h16v14H4zM4 9h16",
};

/** An icon of the page's own set; decorative, so the button that holds it carries the label. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, attributes = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes },
    icon(name),
  );
}

/** The same person has the same colour in every column. */
export function avatar(name, id, small = false) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
  return h(
    "span",
    {
      class: small ? "avatar small" : "avatar",
      "aria-hidden": "true",
      style: { "--hue": String((Math.abs(id) * 137) % 360) },
    },
    initials,
  );
}

/** Replaces an element's children only; the element keeps its place, its scroll and its listeners. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}
