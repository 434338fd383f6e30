// Puts the page together: header, guide, columns; then opens the connection.

import { Clock } from "./clock.js";
import { Desk } from "./desk.js";
import { fill, h } from "./dom.js";
import { Guide } from "./guide.js";
import { language, LANGUAGES, onLanguage, setLanguage, t } from "./i18n.js";
import { connect } from "./socket.js";
import { on, state } from "./state.js";

const RESTORED_FOR_MS = 2_500;

const part = (id) => document.getElementById(id);

function languageSwitch(select) {
  fill(
    select,
    Object.entries(LANGUAGES).map(([tag, name]) => h("option", { value: tag, selected: tag === language() }, name)),
  );
  select.addEventListener("change", () => setLanguage(select.value));
}

function banner(node) {
  let wasLost = false;
  const show = (key, kind) => {
    node.className = `banner ${kind}`;
    node.textContent = t(key);
    node.hidden = false;
  };
  on("connection", (connected) => {
    if (!connected) {
      wasLost = state.ready;
      if (wasLost) show("offline", "lost");
      return;
    }
    part("loading")?.remove();
    if (!wasLost) return;
    show("restored", "restored");
    setTimeout(() => {
      if (state.connected) node.hidden = true;
    }, RESTORED_FOR_MS);
  });
}

function labels() {
  const name = state.bot.first_name === "Bot" ? "Kartoteka" : state.bot.first_name;
  part("bot-name").textContent = name;
  part("tagline").textContent = t("app");
  part("language").setAttribute("aria-label", t("language"));
  part("language").title = t("language");
  document.title = `${name} · ${t("app")}`;
  const loading = part("loading");
  if (loading) loading.textContent = t("loading");
}

languageSwitch(part("language"));
banner(part("banner"));
onLanguage(labels);
on("ready", labels);
on("bot", labels);
labels();

const desk = new Desk(part("strip"), part("stage"));
new Clock(part("clock"));
new Guide(part("guide"), part("guide-button"), (who) => desk.call(who));
connect();
