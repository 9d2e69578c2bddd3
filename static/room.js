// @ts-check
/** A room as it happens: new lines, who is here, what became of one's own. Without it the room is a plain form.
 * A meeting is a room with more to hear: `meeting.js` adds to `heard`, and asks for silence by `withhold`. */

import { leaving, signIn } from "./site.js";
import { Log } from "./log.js";
import { Socket, VERSION, newNonce } from "./socket.js";

const PATIENCE_MS = 3000;

/** @param {string} name @param {ParentNode} [root] */
const find = (name, root = document) => /** @type {HTMLElement} */ (root.querySelector(`[data-${name}]`));

export const list = find("log");
const place = list.dataset.place;
const log = new Log(list, find("end"), find("foot"), find("new"));
const own = find("own");
const blank = /** @type {HTMLTemplateElement} */ (find("own-line"));
const form = /** @type {HTMLFormElement | null} */ (find("say"));
const area = /** @type {HTMLTextAreaElement | null} */ (form?.querySelector("textarea") ?? null);

/** What was sent and not answered yet, by nonce. @type {Map<string, { text: string, row: HTMLElement, choice: string | null }>} */
const open = new Map();
let [live, joinedOnce, blocked, ahead] = [false, false, Boolean(area?.readOnly), 0];
/** Why nobody but hosts can write, beyond how the room is held. */
let withheld = "";
/** @type {RoomState | null} */
let held = null;

/** What is done with a frame, by its type. @type {Record<string, (frame: any) => void>} */
export const heard = {
  welcome: ({ version }) => (version === VERSION ? join() : tell("old")),
  joined({ seq, state, here }) {
    live = joinedOnce = true;
    tell("open");
    find("keys")?.removeAttribute("hidden");
    arrange(state);
    present(here);
    expect(seq);
    for (const [nonce, { text, choice }] of open) say(nonce, text, choice);
  },
  message(item) {
    if (item.seq > log.last + 1) return fetchUpTo(item.seq);
    show(item);
    log.last = Math.max(log.last, item.seq);
  },
  missed({ items, since, upto, more }) {
    // Told to everybody here, it may begin above what this page has seen.
    if (since > log.last) return fetchUpTo(upto);
    items.forEach(show);
    const moved = upto > log.last;
    log.last = Math.max(log.last, upto);
    if (more) socket?.send({ type: "fetch", place, since: upto });
    else if (ahead > log.last && moved) fetchUpTo(ahead);
  },
  answered: ({ nonce, state, id, seq, words, choices }) => settle(nonce, state, words, id, seq, choices),
  presence: present,
  room: arrange,
  notices({ unread }) {
    const badge = find("unread");
    badge.hidden = !unread;
    find("number", badge).textContent = unread;
  },
  error({ words, nonce }) {
    if (nonce) settle(nonce, "error", [words]);
    else find("link").textContent = words;
  },
};

/** @type {import("./socket.js").Listener} */
const listener = {
  frame: (frame) => (frame.place ?? place) === place && heard[frame.type]?.(frame),
  standing(standing) {
    live = false;
    if (standing === "signed-out") return signIn();
    tell(standing);
    for (const { row } of open.values()) mark(row, "unsent");
  },
};

// A page of earlier lines stays what it is: new lines would stand where they do not belong.
const earlier = new URLSearchParams(location.search).has("before");
if (earlier) tell("earlier");
else if (!location.hash.startsWith("#m-")) log.follow();
const socket = earlier ? null : new Socket(list.dataset.live ?? "/live", listener);

/** Say that we are here, and ask for what we have not heard. */
export function join() {
  socket?.send({ type: "join", place, since: log.last });
}

/** @param {string} standing */
function tell(standing) {
  const link = find("link");
  put(link, link.dataset[standing] ?? "");
  find("see").hidden = standing === "open";
}

/** Say something, unless that is what stands there: it would be read out again. @param {HTMLElement} said @param {string} words */
function put(said, words) {
  if (said.textContent !== words) said.textContent = words;
}

/** Ask for what is missing if it has not come by itself in a while. @param {number} seq */
function expect(seq) {
  setTimeout(() => seq > log.last && fetchUpTo(seq), PATIENCE_MS);
}

/** @param {number} seq */
function fetchUpTo(seq) {
  ahead = Math.max(ahead, seq);
  socket?.send({ type: "fetch", place, since: log.last });
}

/** @param {import("./log.js").Item} item */
function show(item) {
  own.querySelector(`[data-message="${CSS.escape(item.id)}"]`)?.remove();
  document.querySelector("[data-empty]")?.remove();
  log.take(item);
}

/** @param {{ count: number, names: string[] }} here */
function present({ count, names }) {
  find("here").textContent = String(count);
  find("names").textContent = names.join(", ");
}

/** Close the composer for a reason in words, or open it again with none. @param {string} words */
export function withhold(words) {
  withheld = words;
  if (held) arrange(held);
}

/** @typedef {{ paused: boolean, slow_seconds: number, waiting_for_facilitator: boolean }} RoomState */

/** @param {RoomState} state */
function arrange(state) {
  held = state;
  if (!form || !area) return;
  const { paused, slow_seconds: slow, waiting_for_facilitator: waiting } = state;
  const { dataset } = find("state");
  const closed = withheld || (paused ? dataset.paused : waiting ? dataset.waiting : "");
  blocked = Boolean(closed) && list.dataset.facilitates === undefined;
  area.readOnly = blocked;
  form.classList.toggle("withheld", Boolean(withheld) && blocked && !area.value.trim());
  find("send").setAttribute("aria-disabled", String(blocked));
  put(find("state"), closed || (slow ? (dataset.slow ?? "").replace("{seconds}", String(slow)) : ""));
}

/** @param {string} nonce @param {string} text @param {string | null} choice */
function say(nonce, text, choice) {
  const sent = live && socket?.send({ type: "say", place, nonce, text, parent: null, choice });
  const row = open.get(nonce)?.row;
  if (row) mark(row, sent ? "sending" : "unsent");
}

/** Say the state of an own line in words. @param {HTMLElement} row @param {string} state @param {string[]} [words] @param {string[]} [choices] */
function mark(row, state, words = [], choices = []) {
  const note = find("note", row);
  note.className = `note ${{ held: "amber", asked: "amber", unsent: "amber", refused: "rose", error: "rose" }[state] ?? ""}`;
  find("word", row).textContent = blank.dataset[state] ?? "";
  note.querySelectorAll("p + p").forEach((old) => old.remove());
  for (const said of words) note.appendChild(document.createElement("p")).textContent = said;
  find("acts", row).hidden = !["asked", "refused", "error"].includes(state);
  for (const button of row.querySelectorAll("[data-choice]")) {
    /** @type {HTMLElement} */ (button).hidden = !choices.includes(/** @type {HTMLElement} */ (button).dataset.choice ?? "");
  }
  log.keep();
}

/** @param {string} nonce @param {string} state @param {string[]} words @param {string | null} [id] @param {number | null} [seq] @param {string[]} [choices] */
function settle(nonce, state, words, id, seq, choices) {
  const sent = open.get(nonce);
  if (!sent) return;
  open.delete(nonce);
  if (state === "published" && seq) expect(seq);
  if (state === "published" && words.length) return keepWords(sent.row, words);
  if (id && log.find(id)) return sent.row.remove();
  if (id) sent.row.dataset.message = id;
  mark(sent.row, state, words, choices);
}

/** What was said of it stays, such as people to reach, while the line itself moves to the log. @param {HTMLElement} row @param {string[]} words */
function keepWords(row, words) {
  mark(row, "published", words);
  find("text", row).hidden = find("again", row).hidden = true;
  find("acts", row).hidden = false;
}

/** @param {string} text */
function ownLine(text) {
  const row = /** @type {HTMLElement} */ (blank.content.cloneNode(true).firstElementChild ?? null);
  find("text", row).textContent = text;
  find("again", row).addEventListener("click", () => takeBack(row, text));
  find("away", row).addEventListener("click", () => takeBack(row, ""));
  for (const button of row.querySelectorAll("[data-choice]")) {
    button.addEventListener("click", () => send(text, row, /** @type {HTMLElement} */ (button).dataset.choice ?? null));
  }
  own.append(row);
  return row;
}

/** @param {HTMLElement} row @param {string} text */
function takeBack(row, text) {
  row.remove();
  if (!area) return;
  if (text) area.value = area.value.trim() ? `${area.value}\n${text}` : text;
  area.dispatchEvent(new Event("input"));
  area.focus();
}

form?.addEventListener("submit", (event) => {
  if (!area || (!joinedOnce && !blocked)) return;
  event.preventDefault();
  const text = area.value;
  if (blocked || !text.trim()) return;
  area.value = "";
  area.dispatchEvent(new Event("input"));
  send(text, ownLine(text), event.submitter?.getAttribute("value") ?? null);
  log.follow();
});

/** @param {string} text @param {HTMLElement} row @param {string | null} choice */
function send(text, row, choice) {
  const nonce = newNonce();
  open.set(nonce, { text, row, choice });
  say(nonce, text, choice);
}

area?.addEventListener("keydown", (event) => {
  const keyboard = matchMedia("(hover: hover) and (pointer: fine) and (min-width: 48rem)").matches;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !keyboard || !joinedOnce) return;
  event.preventDefault();
  find("send").click();
});

addEventListener("beforeunload", (event) => {
  if (!open.size || leaving()) return;
  event.preventDefault();
  event.returnValue = true;
});
