// Everything that can be sent besides words: files picked, dropped or pasted, and the unexpected things of the "+" menu.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { ask, openMenu } from "./popups.js";
import { upload } from "./socket.js";

const MOST_BYTES = 50 * 1024 * 1024;
// Kyiv, Khreshchatyk: somewhere a customer could well be.
const HERE = { latitude: 50.4501, longitude: 30.5234 };

/** `send(verb, body)` sends as the person of the column; `fail(error)` says why it did not work. */
export class Attachments {
  constructor({ send, fail }) {
    Object.assign(this, { send, fail });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, "aria-label": t("attach") });
    this.picker.addEventListener("change", async () => {
      const files = [...this.picker.files];
      this.picker.value = "";
      await this.offer(files);
    });
  }

  menu(anchor) {
    const plain = (verb, sign, body = {}) => ({ icon: sign, label: t(verb), action: () => this.send(verb, body) });
    openMenu(
      anchor,
      [
        { icon: "photo", label: t("attach"), action: () => this.picker.click() },
        { separator: true },
        plain("voice", "voice"),
        plain("video_note", "note"),
        plain("sticker", "sticker", { emoji: "🐈" }),
        plain("dice", "dice"),
        { icon: "poll", label: t("poll"), action: () => this.poll() },
        {
          icon: "album",
          label: t("album"),
          action: () => this.send("album", { items: [{ kind: "photo" }, { kind: "photo" }] }),
        },
        { separator: true },
        { icon: "pin", label: t("location"), action: () => this.shareLocation() },
        { icon: "person", label: t("contact_own"), action: () => this.send("contact", {}) },
        { icon: "people", label: t("contact_other"), action: () => this.strangersContact() },
      ],
      t("surprises"),
    );
  }

  poll() {
    return this.send("poll", { question: t("poll_question"), options: [t("poll_tea"), t("poll_coffee")] });
  }

  strangersContact() {
    const [first_name, last_name] = t("contact_other_name").split(" ");
    return this.send("contact", { phone: "+380671234567", first_name, last_name });
  }

  async shareLocation() {
    const agreed = await ask({
      title: t("share_location_title"),
      body: [h("p", {}, t("share_location_text")), h("div", { class: "map wide", "aria-hidden": "true" }, icon("pin"))],
      accept: t("share"),
    });
    if (agreed) await this.send("location", HERE);
  }

  /** Shows each file before it goes, with a caption and the choice between a photo and a file. */
  async offer(files) {
    for (const file of files) await this.offerOne(file);
  }

  async offerOne(file) {
    if (file.size > MOST_BYTES) {
      this.fail(new Error(t("too_big")));
      return;
    }
    const isPhoto = file.type.startsWith("image/") && file.type !== "image/svg+xml";
    const asDocument = h("input", { type: "checkbox" });
    const caption = h("input", {
      type: "text",
      class: "field",
      maxlength: "1024",
      placeholder: t("caption"),
      "aria-label": t("caption"),
    });
    const shown = isPhoto ? URL.createObjectURL(file) : null;
    const agreed = await ask({
      title: isPhoto ? t("photo") : t("document"),
      body: [
        shown
          ? h("img", { class: "preview", src: shown, alt: file.name })
          : h("div", { class: "media-row" }, h("span", { class: "disc" }, icon("file")), h("b", {}, file.name)),
        caption,
        isPhoto ? h("label", { class: "check" }, asDocument, t("as_document")) : null,
      ],
      accept: t("send"),
    });
    if (shown) URL.revokeObjectURL(shown);
    if (!agreed) return;
    const verb = isPhoto && !asDocument.checked ? "photo" : "document";
    try {
      const file_id = await upload(file);
      await this.send(verb, {
        file_id,
        name: file.name,
        mime: file.type || undefined,
        caption: caption.value || undefined,
      });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Files dropped anywhere on `target` are offered; `target` says so while they hover. */
  acceptDrops(target) {
    let depth = 0;
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    const hover = (change) => {
      depth = Math.max(0, depth + change);
      target.classList.toggle("dropping", depth > 0);
    };
    target.addEventListener("dragenter", (event) => hasFiles(event) && (event.preventDefault(), hover(1)));
    target.addEventListener("dragleave", (event) => hasFiles(event) && hover(-1));
    target.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
    target.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      hover(-depth);
      this.offer([...event.dataTransfer.files]);
    });
  }
}
