// Who is on the screen: the columns side by side, the chips that show and hide them; on a phone, one at a time.

import { Column, roleOf } from "./column.js";
import { avatar, fill, h, iconButton } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { recall, remember } from "./memory.js";
import { openMenu } from "./popups.js";
import { chatsOf, membersOf, on, personName, state } from "./state.js";

const narrow = matchMedia("(max-width: 719px)");

/** `strip` holds the chips, `stage` the columns. A seat is {person, chat, hidden}. */
export class Desk {
  constructor(strip, stage) {
    Object.assign(this, { strip, stage });
    this.seats = [];
    this.columns = new Map();
    this.unread = new Map();
    this.current = 0;
    on("ready", () => this.open());
    on("people", () => this.drawStrip());
    on("arrival", (arrival) => this.arrived(arrival));
    onLanguage(() => this.draw());
    narrow.addEventListener("change", () => this.draw());
  }

  /** After a snapshot: the seats that are remembered and still exist, else the ones a newcomer should see. */
  open() {
    const known = this.seats.length ? this.seats : recall("seats", []);
    const present = known.filter(({ person, chat }) => chatsOf(person).some(({ id }) => id === chat));
    const roles =
      present.some(({ person }) => state.people.get(person).role) ||
      ![...state.people.values()].some(({ role }) => role);
    this.seats = present.length && roles ? present : this.usual();
    // A column whose seat is still there stays as it is, with what was being written in it.
    this.draw();
  }

  usual() {
    const people = [...state.people.values()];
    const cast = people.some((person) => person.role) ? people.filter((person) => person.role) : people.slice(0, 4);
    const order = { customer: 0, manager: 1, owner: 2 };
    cast.sort((one, other) => (order[one.role] ?? 0) - (order[other.role] ?? 0));
    const groups = [...state.chats.values()].filter((chat) => ["group", "supergroup"].includes(chat.type));
    const eyes = (chat) => {
      const members = membersOf(chat);
      return members.find((person) => person.role === "manager") ?? members[0];
    };
    const seen = groups.filter(eyes).map((chat) => ({ person: eyes(chat).id, chat: chat.id, hidden: false }));
    return [...cast.map(({ id }) => ({ person: id, chat: id, hidden: false })), ...seen];
  }

  save() {
    remember("seats", this.seats);
  }

  isShown(seat, index) {
    return narrow.matches ? index === this.current : !seat.hidden;
  }

  draw() {
    if (!state.ready) return;
    this.current = Math.min(this.current, Math.max(0, this.seats.length - 1));
    const shown = this.seats.filter((seat, index) => this.isShown(seat, index));
    for (const [seat, column] of this.columns) {
      if (!shown.includes(seat)) column.node.remove();
      if (this.seats.includes(seat)) continue;
      column.destroy();
      this.columns.delete(seat);
    }
    const nodes = shown.map((seat) => this.columnOf(seat).node);
    nodes.forEach((node, index) => {
      if (this.stage.children[index] !== node) this.stage.insertBefore(node, this.stage.children[index] ?? null);
    });
    this.stage.querySelector(".nobody")?.remove();
    if (!nodes.length) this.stage.append(h("p", { class: "nobody" }, t("nobody")));
    for (const seat of shown) {
      this.unread.delete(seat);
      this.columnOf(seat).view.shown();
    }
    this.drawStrip();
  }

  columnOf(seat) {
    if (!this.columns.has(seat)) {
      const desk = { change: (other) => this.change(seat, other), hide: () => this.hide(seat) };
      this.columns.set(seat, new Column(seat, desk));
    }
    return this.columns.get(seat);
  }

  /** Another person or chat in the same place; if it is on the screen already, it is only shown. */
  change(seat, { person, chat }) {
    const present = this.seats.find((other) => other.person === person && other.chat === chat);
    if (present) {
      this.show(present);
      return;
    }
    this.seats[this.seats.indexOf(seat)] = { person, chat, hidden: false };
    this.save();
    this.draw();
  }

  hide(seat) {
    seat.hidden = true;
    if (narrow.matches)
      this.current = Math.max(
        0,
        this.seats.findIndex((other) => !other.hidden),
      );
    this.save();
    this.draw();
  }

  show(seat) {
    seat.hidden = false;
    this.current = this.seats.indexOf(seat);
    this.save();
    this.draw();
    const { node } = this.columnOf(seat);
    node.scrollIntoView({ behavior: "smooth", inline: "nearest", block: "nearest" });
    node.classList.remove("called");
    requestAnimationFrame(() => node.classList.add("called"));
  }

  toggle(seat) {
    if (narrow.matches || seat.hidden) this.show(seat);
    else this.hide(seat);
  }

  /** Shows the first private chat of somebody with this role, or the team's group: the guide points at it. */
  call(who) {
    const group = this.seats.find(({ person, chat }) => person !== chat);
    const role = who === "team" ? "manager" : who;
    const alone = this.seats.filter(({ person, chat }) => person === chat);
    // Where nobody has a role, the first is taken for the customer and the second for the manager.
    const inRole =
      alone.find(({ person }) => state.people.get(person)?.role === role) ?? alone[role === "customer" ? 0 : 1];
    const seat = who === "team" ? (group ?? inRole) : inRole;
    if (seat) this.show(seat);
  }

  arrived({ chat, message }) {
    this.seats.forEach((seat, index) => {
      if (seat.chat !== chat.id || this.isShown(seat, index) || message.from?.id === seat.person) return;
      this.unread.set(seat, (this.unread.get(seat) ?? 0) + 1);
    });
    this.drawStrip();
  }

  drawStrip() {
    if (!state.ready) return;
    const focused = [...this.strip.children].indexOf(document.activeElement);
    this.strip.setAttribute("aria-label", t("columns"));
    const add = iconButton("plus", t("columns"), () => this.addMenu(add), {
      class: "icon-button add",
      "aria-haspopup": "menu",
    });
    fill(
      this.strip,
      this.seats.map((seat, index) => this.chip(seat, index)),
      add,
    );
    if (focused >= 0) this.strip.children[focused]?.focus({ preventScroll: true });
  }

  chip(seat, index) {
    const name = Column.label(seat);
    const isGroup = seat.chat !== seat.person;
    const role = isGroup ? t("role_group") : roleOf(state.people.get(seat.person));
    const unread = this.unread.get(seat);
    return h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": String(this.isShown(seat, index)),
        "aria-label": [name, role].filter(Boolean).join(", "),
        title: [name, role].filter(Boolean).join(" · "),
        onclick: () => this.toggle(seat),
      },
      avatar(name, seat.chat, true),
      h("span", { class: "chip-name" }, isGroup ? name : state.people.get(seat.person).first_name),
      unread ? h("span", { class: "count" }, String(unread)) : null,
    );
  }

  addMenu(anchor) {
    const seated = new Set(this.seats.map(({ person, chat }) => `${person}:${chat}`));
    const add = (person, chat) => {
      const seat = { person, chat, hidden: false };
      this.seats.push(seat);
      this.show(seat);
    };
    const people = [...state.people.values()]
      .filter(({ id }) => !seated.has(`${id}:${id}`))
      .map((person) => ({ icon: "person", label: personName(person), action: () => add(person.id, person.id) }));
    const groups = [...state.chats.values()]
      .filter(
        (chat) =>
          chat.type !== "private" && membersOf(chat).length > 0 && !this.seats.some((seat) => seat.chat === chat.id),
      )
      .map((chat) => ({ icon: "people", label: chat.title, action: () => add(membersOf(chat)[0].id, chat.id) }));
    const usual = { icon: "check", label: t("usual_columns"), action: () => this.restore() };
    openMenu(
      anchor,
      [usual, people.length + groups.length ? { separator: true } : null, ...groups, ...people],
      t("columns"),
    );
  }

  restore() {
    this.seats = this.usual();
    this.save();
    this.draw();
  }
}
