// What a message carries besides words: each kind has its picture, with its place reserved before the bytes arrive.

import { avatar, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { fileAddress } from "./socket.js";

function bytes(size) {
  if (!size) return "";
  const units = ["B", "KB", "MB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(size) / Math.log(1024)));
  return `${(size / 1024 ** power).toFixed(power === 2 ? 1 : 0)} ${units[power]}`;
}

function duration(seconds = 0) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** An image in a box of its own proportions; what cannot be shown (a made-up file) leaves a calm sign in the same box. */
function picture(fileId, width, height, label, sign, className = "picture") {
  const image = h("img", { src: fileAddress(fileId), alt: label, loading: "lazy", draggable: "false" });
  const shape = (wide, high) => String(Math.min(2.2, Math.max(0.62, (wide || 4) / (high || 3))));
  const box = h("div", { class: className, style: { "aspect-ratio": shape(width, height) } }, image);
  // What the message says of the size may be a guess: a chart must not lose its edges by it.
  image.addEventListener("load", () => {
    box.style.aspectRatio = shape(image.naturalWidth, image.naturalHeight);
  });
  image.addEventListener("error", () => {
    image.replaceWith(h("span", { class: "no-picture" }, icon(sign), h("span", {}, label)));
  });
  return box;
}

function row(sign, title, detail, href = null) {
  const content = [
    h("span", { class: "disc" }, icon(sign)),
    h("span", { class: "lines" }, h("b", {}, title), h("small", {}, detail)),
  ];
  if (href === null) return h("div", { class: "media-row" }, content);
  return h("a", { class: "media-row", href, target: "_blank", rel: "noopener noreferrer" }, content);
}

/** A made-up wave that is always the same for the same file. */
function wave(fileId) {
  let seed = [...fileId].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7);
  const bar = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
    return h("i", { style: { height: `${20 + (seed >>> 24) / 3.2}%` } });
  };
  return h("span", { class: "wave", "aria-hidden": "true" }, Array.from({ length: 26 }, bar));
}

function place(location, title = null, address = null) {
  const text = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  const name = title ?? t("location");
  return h(
    "div",
    { class: "place" },
    h("div", { class: "map", "aria-hidden": "true" }, icon("pin")),
    h("div", { class: "lines" }, h("b", {}, name), h("small", {}, address ?? text)),
  );
}

function poll(message, context) {
  const { question, options, total_voter_count: total = 0, is_anonymous: anonymous = true } = message.poll;
  const draw = (option, index) => {
    const share = total ? Math.round((100 * option.voter_count) / total) : 0;
    return h(
      "button",
      { type: "button", class: "poll-option", disabled: !message.out, onclick: () => context.vote(index) },
      h("span", { class: "share" }, `${share}%`),
      h("span", { class: "label" }, option.text),
      h("span", { class: "bar", "aria-hidden": "true", style: { width: `${share}%` } }),
    );
  };
  return h(
    "div",
    { class: "poll" },
    h("b", {}, question),
    h("small", {}, t(anonymous ? "anonymous_votes" : "poll")),
    options.map(draw),
  );
}

function contact(card) {
  const name = [card.first_name, card.last_name].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "media-row" },
    avatar(name, card.user_id ?? card.phone_number.length),
    h("span", { class: "lines" }, h("b", {}, name), h("small", {}, card.phone_number)),
  );
}

function sticker(message) {
  const { emoji, file_id: file, width, height } = message.sticker;
  const label = `${t("sticker")} ${emoji ?? ""}`;
  if (emoji) return h("div", { class: "emoji-only", role: "img", "aria-label": label }, emoji);
  return picture(file, width, height, label, "sticker", "picture sticker");
}

const drawers = {
  photo(message) {
    const largest = message.photo.reduce((one, other) => (other.width > one.width ? other : one));
    return picture(largest.file_id, largest.width, largest.height, t("photo"), "photo");
  },
  document: ({ document: file }) =>
    row("file", file.file_name ?? t("document"), bytes(file.file_size), fileAddress(file.file_id)),
  audio: ({ audio }) =>
    row("note", audio.title ?? audio.file_name ?? t("audio"), duration(audio.duration), fileAddress(audio.file_id)),
  voice: ({ voice }) =>
    h(
      "a",
      {
        class: "media-row",
        href: fileAddress(voice.file_id),
        target: "_blank",
        rel: "noopener noreferrer",
        "aria-label": t("voice"),
      },
      h("span", { class: "disc" }, icon("voice")),
      h("span", { class: "lines" }, wave(voice.file_id), h("small", {}, duration(voice.duration))),
    ),
  video: ({ video }) => film(video, t("video")),
  animation: ({ animation }) => film(animation, "GIF"),
  video_note: ({ video_note: note }) =>
    h(
      "div",
      { class: "round", role: "img", "aria-label": t("video_note") },
      icon("note"),
      h("small", {}, duration(note.duration)),
    ),
  sticker,
  dice: ({ dice }) =>
    h(
      "div",
      { class: "emoji-only", role: "img", "aria-label": `${t("dice")} ${dice.value}` },
      dice.emoji,
      h("small", {}, dice.value),
    ),
  location: ({ location }) => place(location),
  venue: ({ venue }) => place(venue.location, venue.title, venue.address),
  contact: ({ contact: card }) => contact(card),
  poll,
};

function film(file, label) {
  const poster = file.thumbnail?.file_id ?? file.file_id;
  const box = picture(poster, file.width, file.height, label, "note", "picture film");
  box.append(h("small", { class: "badge" }, duration(file.duration)));
  return box;
}

/** The picture of a message's kind, or null when it is words alone. `context.vote(index)` votes in the bot's poll. */
export function media(message, context) {
  if (message.kind === "text") return null;
  const draw = drawers[message.kind];
  return draw ? draw(message, context) : h("div", { class: "media-row" }, h("i", {}, t("unsupported")));
}

/** One line that stands for the message in a quote, a list or a screen reader's ear. */
export function summary(message) {
  const words = message.text ?? message.caption ?? message.poll?.question;
  if (words) return words;
  const key = { animation: "video", venue: "location", service: "service" }[message.kind] ?? message.kind;
  return key in drawers || key === "service" ? t(key) : t("unsupported");
}
