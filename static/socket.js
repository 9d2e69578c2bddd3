// @ts-check
/** One live connection that notices when it is dead and comes back by itself. */

/** The version of the live protocol that these scripts speak. */
export const VERSION = 1;

const FIRST_MS = 500;
const MOST_MS = 30_000;
const PING_MS = 25_000;
const SILENCE_MS = 10_000;
const SETTLED_MS = 10_000;

const RESTARTING = 1012;
const SIGNED_OUT = 4401;
const NOT_ALLOWED = 4403;
const TOO_MANY_FRAMES = 4429;

/**
 * @typedef {"connecting" | "lost" | "wait" | "denied" | "signed-out"} Standing
 * @typedef {{ frame: (frame: any) => void, standing: (standing: Standing) => void }} Listener
 */

export class Socket {
  /** @type {WebSocket | null} */
  #wire = null;
  #tries = 0;
  #since = 0;
  #notBefore = 0;
  #ended = false;
  #next = 0;
  #pulse = 0;

  /** @param {string} path @param {Listener} listener */
  constructor(path, listener) {
    this.url = new URL(path, location.href);
    this.url.protocol = this.url.protocol.replace("http", "ws");
    this.listener = listener;
    addEventListener("online", () => this.#hurry());
    addEventListener("pagehide", () => this.#drop());
    addEventListener("pageshow", (event) => event.persisted && this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
    this.#connect();
  }

  /** Send one frame; false when there is no connection to send it on. @param {object} frame */
  send(frame) {
    if (this.#wire?.readyState !== WebSocket.OPEN) return false;
    this.#wire.send(JSON.stringify(frame));
    return true;
  }

  #connect() {
    clearTimeout(this.#next);
    this.listener.standing(this.#tries ? "lost" : "connecting");
    const wire = new WebSocket(this.url);
    wire.onopen = () => (this.#since = Date.now());
    wire.onmessage = ({ data }) => wire === this.#wire && this.#heard(JSON.parse(data));
    wire.onclose = ({ code }) => wire === this.#wire && this.#closed(code);
    this.#wire = wire;
  }

  /** @param {any} frame */
  #heard(frame) {
    clearTimeout(this.#pulse);
    this.#pulse = setTimeout(() => this.#ping(), PING_MS);
    if (frame.type === "later") this.#notBefore = Date.now() + frame.seconds * 1000;
    this.listener.frame(frame);
  }

  #ping() {
    if (!this.send({ type: "ping" })) return;
    clearTimeout(this.#pulse);
    this.#pulse = setTimeout(() => this.#closed(0), SILENCE_MS);
  }

  /** @param {number} code */
  #closed(code) {
    const settled = this.#since > 0 && Date.now() - this.#since > SETTLED_MS;
    this.#drop();
    this.#ended = code === SIGNED_OUT || code === NOT_ALLOWED;
    if (this.#ended) return this.listener.standing(code === SIGNED_OUT ? "signed-out" : "denied");
    if (code === TOO_MANY_FRAMES) this.#notBefore = Date.now() + MOST_MS;
    this.#tries = settled ? 1 : this.#tries + 1;
    const wait = Math.max(0, this.#notBefore - Date.now());
    // A server that restarts asks everybody to spread out; that is nobody's fault, and soon over.
    this.listener.standing(wait && code !== RESTARTING ? "wait" : "lost");
    const most = Math.min(MOST_MS, FIRST_MS * 2 ** this.#tries);
    this.#next = setTimeout(() => this.#connect(), wait + Math.random() * most);
  }

  #drop() {
    clearTimeout(this.#pulse);
    clearTimeout(this.#next);
    this.#since = 0;
    const wire = this.#wire;
    this.#wire = null;
    wire?.close();
  }

  #hurry() {
    if (this.#ended || Date.now() < this.#notBefore) return;
    if (!this.#wire) this.#connect();
    else this.#ping();
  }
}

/** A random UUID, version 4; crypto.randomUUID is missing on plain http. */
export function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
