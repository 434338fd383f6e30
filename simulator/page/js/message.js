// One message as its reader sees it: the bubble, who and when, the quote, the buttons under it.

import { avatar, h, icon } from "./dom.js";
import { fullTime, t, time } from "./i18n.js";
import { inlineKeyboard } from "./keyboards.js";
import { media, summary } from "./media.js";
import { richText } from "./richtext.js";
import { isReceived, messageOf, personName, state } from "./state.js";

export function authorOf(message) {
  const { sender_chat: chat, from } = message;
  if (chat) return { id: chat.id, name: chat.title ?? "" };
  if (from.id === state.bot.id) return { id: from.id, name: state.bot.first_name };
  return { id: from.id, name: personName(state.people.get(from.id) ?? from) };
}

export function isMine(message, viewer) {
  return !message.out && !message.sender_chat && message.from?.id === viewer;
}

export function topicName(chat, thread) {
  return chat.topics?.find((topic) => topic.message_thread_id === thread)?.name ?? t("topic_general");
}

function serviceText(message) {
  const names = (people) => people.map(personName).join(", ");
  if (message.new_chat_members) return t("joined", { name: names(message.new_chat_members) });
  if (message.left_chat_member) return t("left", { name: personName(message.left_chat_member) });
  if (message.forum_topic_created) return t("topic_created", { name: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("topic_edited", { name: message.forum_topic_edited.name ?? "" });
  if (message.forum_topic_closed) return t("topic_closed");
  if (message.forum_topic_reopened) return t("topic_reopened");
  if (message.pinned_message) return t("pinned");
  return t("service");
}

function originName({ type, sender_user: user, sender_user_name: hidden, sender_chat: sender, chat }) {
  if (type === "user") return personName(user);
  return hidden ?? (sender ?? chat)?.title ?? "";
}

function quote(message, context) {
  const original = message.reply_to_message;
  if (!original || original.forum_topic_created) return null;
  // The original may have been edited since it was quoted.
  const current = messageOf(message.chat.id, original.message_id) ?? original;
  return h(
    "button",
    { type: "button", class: "quote", onclick: () => context.jumpTo(original.message_id) },
    h("b", {}, authorOf({ from: { id: 0, first_name: "" }, ...current }).name),
    h("span", {}, summary(current)),
  );
}

function reactions(message, context) {
  if (!message.reactions?.length) return null;
  const counts = new Map();
  for (const { emoji, user_id: user } of message.reactions) counts.set(emoji, [...(counts.get(emoji) ?? []), user]);
  const draw = ([emoji, users]) => {
    const own = users.includes(context.viewer);
    const toggle = () => context.react(message, own ? null : emoji);
    return h(
      "button",
      { type: "button", class: "reaction", "aria-pressed": String(own), onclick: toggle },
      `${emoji} ${users.length}`,
    );
  };
  return h("div", { class: "reactions" }, [...counts].map(draw));
}

function ticks(message) {
  const received = isReceived(message);
  const mark = h("span", {
    class: "ticks",
    role: "img",
    "aria-label": t(received ? "received" : "sent"),
    title: t(received ? "received" : "sent"),
  });
  mark.append(icon("check"));
  if (received) mark.append(icon("check"));
  return mark;
}

function meta(message, context) {
  const guarded = message.has_protected_content;
  return h(
    "span",
    { class: "meta" },
    guarded
      ? h("span", { class: "guarded", role: "img", "aria-label": t("protected"), title: t("protected") }, icon("lock"))
      : null,
    message.edit_date ? h("span", {}, t("edited")) : null,
    h(
      "time",
      { datetime: new Date(message.date * 1000).toISOString(), title: fullTime(message.date) },
      time(message.date),
    ),
    isMine(message, context.viewer) ? ticks(message) : null,
  );
}

/**
 * `place` says where the message stands in a run of one author's: {first, last, showAuthor, showTopic}.
 * `context` has the viewer and what the buttons do (see chatview.js).
 */
export function messageNode(message, place, context) {
  if (message.kind === "service") {
    return h("li", { class: "service", data: { id: message.message_id } }, h("span", {}, serviceText(message)));
  }
  const author = authorOf(message);
  const mine = isMine(message, context.viewer);
  const picture = media(message, { vote: (index) => context.vote(message, index) });
  const bare =
    ["sticker", "dice", "video_note"].includes(message.kind) && !message.reply_to_message && !message.forward_origin;
  const words = message.html ?? "";
  const classes = ["bubble", bare ? "bare" : "", picture && !words ? "wordless" : "", `kind-${message.kind}`];
  const bubble = h(
    "div",
    { class: classes.filter(Boolean).join(" ") },
    place.showTopic ? h("span", { class: "topic-tag" }, topicName(context.chat, message.message_thread_id)) : null,
    place.showAuthor && place.first && !mine
      ? h("span", { class: "author", style: { "--hue": hue(author.id) } }, author.name)
      : null,
    message.forward_origin
      ? h("span", { class: "forwarded" }, t("forwarded", { name: originName(message.forward_origin) }))
      : null,
    message.via_bot ? h("span", { class: "forwarded" }, t("via", { name: `@${message.via_bot.username}` })) : null,
    quote(message, context),
    picture,
    h("div", { class: "words" }, words ? richText(words, context) : null, meta(message, context)),
    reactions(message, context),
  );
  const more = h(
    "button",
    {
      type: "button",
      class: "message-more",
      tabindex: "-1",
      "aria-label": t("message_menu"),
      onclick: (event) => context.menu(message, event.currentTarget),
    },
    icon("down"),
  );
  const side = mine ? "out" : "in";
  const run = `${place.first ? " first" : ""}${place.last ? " last" : ""}${message.has_protected_content ? " protected" : ""}`;
  const face =
    place.showAuthor && !mine
      ? h("span", { class: "face" }, place.last ? avatar(author.name, author.id, true) : null)
      : null;
  return h(
    "li",
    {
      class: `message ${side}${run}`,
      tabindex: "-1",
      data: { id: message.message_id },
      "aria-label": `${mine ? t("you") : author.name}, ${time(message.date)}: ${summary(message)}`,
    },
    face,
    h(
      "div",
      { class: "stack" },
      h("div", { class: "bubble-line" }, bubble, more),
      inlineKeyboard(message, context.viewer, (button) => context.press(message, button)),
    ),
  );
}

export function hue(id) {
  return String((Math.abs(id) * 137) % 360);
}
