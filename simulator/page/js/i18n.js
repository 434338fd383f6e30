// The language of the page: the browser's if we speak it, else English; a choice made by hand is remembered.

import { GUIDE } from "./guide-texts.js";
import { recall, remember } from "./memory.js";
import { WORDS } from "./words.js";

export const LANGUAGES = { ru: "Русский", uk: "Українська", en: "English" };

const listeners = new Set();
let current = choose();

function choose() {
  const wanted = [recall("language", null), ...(navigator.languages ?? [])];
  const known = wanted.filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag) => tag in LANGUAGES) ?? "en";
}

export function language() {
  return current;
}

export function setLanguage(tag) {
  current = tag;
  remember("language", tag);
  document.documentElement.lang = tag;
  for (const listener of listeners) listener();
}

/** Called again after each change of the language. Returns how to stop. */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function word(table, key, values) {
  const text = table[current][key];
  if (text === undefined) throw new Error(`no word for ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export function t(key, values = {}) {
  return word(WORDS, key, values);
}

export function guideText(key) {
  return word(GUIDE, key, {});
}

export function time(seconds) {
  return new Intl.DateTimeFormat(current, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    seconds * 1000,
  );
}

export function fullTime(seconds) {
  return new Intl.DateTimeFormat(current, { dateStyle: "full", timeStyle: "short" }).format(seconds * 1000);
}

/** The clock of the header: "Tue 24 Nov, 10:05". */
export function clockTime(seconds) {
  const options = {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  return new Intl.DateTimeFormat(current, options).format(seconds * 1000);
}

/** The midnight before a moment, in this browser's time zone. */
export function dayStart(seconds) {
  return new Date(seconds * 1000).setHours(0, 0, 0, 0);
}

/** "Today", "Yesterday", "24 November", and the year when it is another one. */
export function day(seconds, now) {
  const distance = Math.round((dayStart(now) - dayStart(seconds)) / 86_400_000);
  if (distance === 0) return t("today");
  if (distance === 1) return t("yesterday");
  const sameYear = new Date(seconds * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  const options = { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) };
  return new Intl.DateTimeFormat(current, options).format(seconds * 1000);
}

/** How far ahead the clock is, in its two largest parts: "1 d 3 h". */
export function span(seconds) {
  const parts = [
    ["span_days", Math.floor(seconds / 86_400)],
    ["span_hours", Math.floor((seconds % 86_400) / 3_600)],
    ["span_minutes", Math.floor((seconds % 3_600) / 60)],
  ];
  const shown = parts.filter(([, n]) => n > 0).slice(0, 2);
  return (shown.length ? shown : [["span_minutes", 0]]).map(([key, n]) => t(key, { n })).join(" ");
}

document.documentElement.lang = current;
