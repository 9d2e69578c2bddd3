// @ts-check
/** The desk as it happens: who looks at what, what is done, what is new. It never moves the list under a finger. */

import { signIn } from "./site.js";
import { Socket, VERSION } from "./socket.js";
import "./keys.js";

/** @typedef {{ item: string, kind: string, lane: number, what: string, who: string | null, until: string | null }} Change */

/** @param {string} name @param {ParentNode} [root] */
const find = (name, root = document) => /** @type {HTMLElement | null} */ (root.querySelector(`[data-${name}]`));

const desk = /** @type {HTMLElement} */ (find("desk-live"));
const words = desk.dataset;
const list = find("desk");
const pill = find("desk-new");
/** What came since the page was made, by id: whether somebody may be in danger. @type {Map<string, boolean>} */
const fresh = new Map();
/** When a claim that was heard of ends, by id. @type {Map<string, number>} */
const ends = new Map();
let [watched, changed, sending] = [false, false, false];

/** @type {Record<string, (frame: any) => void>} */
const heard = {
  welcome: ({ version }) => (version === VERSION ? socket.send({ type: "watch-desk" }) : tell("old")),
  watching({ waiting }) {
    tell("open");
    // What happened while nobody listened is told by nobody: after a break, or where the page is behind.
    changed ||= watched || Number(words.waiting) !== waiting;
    watched = true;
    showPill();
  },
  desk(change) {
    if (change.what === "new") isNew(change);
    else if (change.what === "done") isDone(change);
    else mark(change);
    if (location.pathname === `/desk/${change.item}`) sayOfThis(change);
  },
  error: ({ reason }) => reason === "not-found" && tell("denied"),
};

const socket = new Socket(words.deskLive ?? "/live", {
  frame: (frame) => heard[frame.type]?.(frame),
  standing: (standing) => (standing === "signed-out" ? signIn() : tell(standing)),
});

/** @param {string} standing */
function tell(standing) {
  const link = /** @type {HTMLElement} */ (find("link", desk));
  link.textContent = link.dataset[standing] ?? "";
}

/** @param {string} id */
const rowOf = (id) => /** @type {HTMLElement | null} */ (list?.querySelector(`[data-item="${CSS.escape(id)}"]`) ?? null);

/** @param {Change} change */
function isNew(change) {
  const row = rowOf(change.item);
  const danger = change.lane === 0;
  if (row?.classList.contains("done")) put(row, "");
  row?.classList.remove("done");
  if (row && (!danger || row.dataset.lane === "0")) return;
  if (danger && !fresh.get(change.item)) say("desk-alert", words.care ?? "");
  fresh.set(change.item, danger);
  showPill();
  if (!danger) say("desk-said", countWords());
}

/** @param {Change} change */
function isDone(change) {
  ends.delete(change.item);
  if (fresh.delete(change.item)) showPill();
  const row = rowOf(change.item);
  if (!row) return;
  row.classList.add("done");
  put(row, words.done ?? "");
}

/** @param {Change} change */
function mark(change) {
  const row = rowOf(change.item);
  if (!row) return;
  put(row, change.what === "claimed" ? claimWords(change, words.claimed) : "");
  if (change.what !== "claimed" || !change.until) return void ends.delete(change.item);
  const end = Date.parse(change.until);
  ends.set(change.item, end);
  setTimeout(() => ends.get(change.item) === end && put(row, ""), Math.max(0, end - Date.now()));
}

/** @param {Change} change @param {string | undefined} others */
function claimWords({ who }, others) {
  return who === words.me ? (words.mine ?? "") : (others ?? "").replace("{handle}", who ?? "");
}

/** The line of a row that says who looks at it, or that it is done. @param {HTMLElement} row @param {string} said */
function put(row, said) {
  let line = find("claim", row);
  if (!line) {
    line = row.appendChild(document.createElement("p"));
    line.className = "meta";
    line.dataset.claim = "";
  }
  line.textContent = said;
}

/** What somebody else did with the item that is open here. @param {Change} change */
function sayOfThis(change) {
  if (sending) return;
  const taken = change.what === "claimed" && change.who !== words.me;
  if (change.what !== "done" && !taken) return;
  const said = taken ? claimWords(change, words.taken) : (words.decided ?? "");
  say("desk-said", said);
  if (pill) fill(pill, said, location.href);
}

const countWords = () => (fresh.size ? (words.new ?? "").replace("{count}", String(fresh.size)) : (words.changed ?? ""));

function showPill() {
  if (!pill) return;
  const danger = [...fresh.values()].some(Boolean);
  if (fresh.size || changed) return fill(pill, danger ? `${words.care} · ${countWords()}` : countWords(), list?.dataset.desk || "/desk", danger);
  if (pill.contains(document.activeElement)) document.getElementById("main")?.focus({ preventScroll: true });
  pill.hidden = true;
}

/** @param {HTMLElement} place @param {string} said @param {string} href @param {boolean} [danger] */
function fill(place, said, href, danger = false) {
  const link = place.querySelector("a") ?? document.createElement("a");
  link.href = href;
  link.textContent = words.show ?? "";
  if (link.parentElement !== place) place.replaceChildren("", link);
  for (const old of [...place.childNodes]) if (old !== link) old.remove();
  place.prepend(`${said} · `);
  place.classList.toggle("rose", danger);
  place.hidden = false;
}

/** Said to whoever listens to the page; the same words twice are said twice. @param {string} name @param {string} said */
function say(name, said) {
  const line = find(name);
  if (!line) return;
  line.textContent = "";
  requestAnimationFrame(() => (line.textContent = said));
}

document.addEventListener("submit", () => (sending = true));
addEventListener("pageshow", () => (sending = false));
