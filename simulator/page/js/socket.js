// The one WebSocket to the simulator: events in, actions out, opened again for ever when it is lost.

import { apply, setConnected } from "./state.js";

const ANSWER_WITHIN_MS = 20_000;
const RETRY_FROM_MS = 400;
const RETRY_TO_MS = 5_000;

let socket = null;
let retry = RETRY_FROM_MS;
let nextId = 1;
const waiting = new Map();

/** A refusal in the simulator's words, or no answer at all (then `reason` is null). */
export class Refused extends Error {
  constructor(reason) {
    super(reason ?? "no answer");
    this.reason = reason;
  }
}

export function connect() {
  const address = new URL("sim/ws?messages=100", document.baseURI);
  address.protocol = address.protocol.replace("http", "ws");
  socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => receive(JSON.parse(data)));
  socket.addEventListener("close", lost);
}

function receive(frame) {
  if (frame.re !== undefined) {
    settle(frame);
    return;
  }
  apply(frame);
  if (frame.event !== "snapshot") return;
  retry = RETRY_FROM_MS;
  setConnected(true);
}

function settle(frame) {
  const asked = waiting.get(frame.re);
  if (!asked) return;
  waiting.delete(frame.re);
  clearTimeout(asked.timer);
  if (frame.ok) asked.resolve(frame);
  else asked.reject(new Refused(frame.error));
}

function lost() {
  setConnected(false);
  for (const [id, asked] of waiting) {
    clearTimeout(asked.timer);
    asked.reject(new Refused(null));
    waiting.delete(id);
  }
  setTimeout(connect, retry);
  retry = Math.min(retry * 1.7, RETRY_TO_MS);
}

/** Asks the simulator to do something and resolves with its answer; rejects with Refused. */
export function act(verb, body = {}) {
  return new Promise((resolve, reject) => {
    if (socket?.readyState !== WebSocket.OPEN) {
      reject(new Refused(null));
      return;
    }
    const id = nextId++;
    const timer = setTimeout(() => {
      waiting.delete(id);
      reject(new Refused(null));
    }, ANSWER_WITHIN_MS);
    waiting.set(id, { resolve, reject, timer });
    socket.send(JSON.stringify({ id, do: verb, ...body }));
  });
}

/** Puts a file where the verbs can name it; resolves with its file_id. */
export async function upload(file) {
  const address = new URL("sim/files", document.baseURI);
  address.search = new URLSearchParams({ name: file.name, mime: file.type || "application/octet-stream" });
  const answer = await fetch(address, { method: "POST", body: file }).catch(() => {
    throw new Refused(null);
  });
  const body = await answer.json();
  if (!body.ok) throw new Refused(body.error);
  return body.file_id;
}

export function fileAddress(fileId) {
  return new URL(`sim/files/${encodeURIComponent(fileId)}`, document.baseURI).href;
}
