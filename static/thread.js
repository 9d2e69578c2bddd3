// @ts-check
/**
 * A thread as it happens: replies come to where they belong, edits and removals take their place. Nothing that is
 * being read moves: what would push it waits behind a button. Without scripts the thread is a plain page.
 */

import { localise } from "./site.js";
import { Socket, VERSION } from "./socket.js";

/** @typedef {{ seq: number, id: string, author: string | null, html: string }} Item */

const list = /** @type {HTMLElement} */ (document.querySelector("[data-thread]"));
const pill = /** @type {HTMLElement} */ (document.querySelector("[data-new]"));
const said = /** @type {HTMLElement} */ (document.querySelector("[data-said]"));
const { place, later } = list.dataset;

/** The highest seq below which nothing is missing, and the highest that was heard of. */
let [last, ahead] = [Number(list.dataset.seq), 0];
/** What waits for the reader's word, because it would move what they read. @type {HTMLElement[]} */
let waiting = [];
/** What came in, but was not in view yet. @type {Set<HTMLElement>} */
const unseen = new Set();
/** The first of what stands on another page. @type {string | null} */
let elsewhere = null;
let others = 0;

/** @type {Record<string, (frame: any) => void>} */
const heard = {
  welcome: ({ version }) => version === VERSION && socket.send({ type: "join", place, since: last }),
  message(item) {
    if (item.seq > last + 1) return fetchUpTo(item.seq);
    if (item.seq <= last) return;
    last = item.seq;
    takeAll([item]);
  },
  missed({ items, since, upto, more }) {
    if (since > last) return fetchUpTo(upto);
    takeAll(items.filter((/** @type {Item} */ item) => item.seq > last));
    const moved = upto > last;
    last = Math.max(last, upto);
    if (more) socket.send({ type: "fetch", place, since: upto });
    else if (ahead > last && moved) fetchUpTo(ahead);
  },
  notices({ unread }) {
    const badge = /** @type {HTMLElement} */ (document.querySelector("[data-unread]"));
    badge.hidden = !unread;
    /** @type {HTMLElement} */ (badge.querySelector("[data-number]")).textContent = unread;
  },
};

const socket = new Socket(list.dataset.live ?? "/live", {
  frame: (frame) => (frame.place ?? place) === place && heard[frame.type]?.(frame),
  standing() {}, // the page can be read and answered without a connection, and comes back to it by itself
});

/** @param {number} seq */
function fetchUpTo(seq) {
  ahead = Math.max(ahead, seq);
  socket.send({ type: "fetch", place, since: last });
}

/** @param {Item[]} items */
function takeAll(items) {
  const before = count();
  items.forEach(take);
  show(before);
}

/** @param {Item} item */
function take(item) {
  const message = make(item);
  if (!message) return;
  const known = find(item.id) ?? waiting.find((one) => one.dataset.message === item.id);
  if (known) return known.isConnected ? replace(known, message) : void waiting.splice(waiting.indexOf(known), 1, message);
  document.querySelector(`#pending + ol [data-message="${CSS.escape(item.id)}"]`)?.closest("li")?.remove();
  if (waiting.some((one) => one.dataset.message === message.dataset.parent)) return void waiting.push(message);
  const before = following(message);
  if (before === undefined) {
    elsewhere ??= item.id;
    others += 1;
  } else if (before && inView(before)) waiting.push(message);
  else insert(message, before);
}

/** @param {string} id */
function find(id) {
  return /** @type {HTMLElement | null} */ (list.querySelector(`[data-message="${CSS.escape(id)}"]`));
}

/** @param {Item} item */
function make({ html, author }) {
  const template = document.createElement("template");
  template.innerHTML = html; // from our own templates; what people wrote in it was made by the sanitiser
  const message = template.content.querySelector("article");
  if (!message) return null;
  message.classList.toggle("mine", author === document.body.dataset.member);
  if (!document.getElementById("reply")) message.querySelector('a[href^="?reply="]')?.closest("li")?.remove();
  localise(message);
  return message;
}

/**
 * Where a message stands: before this entry, at the end (null), or on another page (undefined). It comes after what it
 * answers, and after all earlier answers to that.
 * @param {HTMLElement} message
 */
function following({ dataset }) {
  const parent = dataset.parent ? find(dataset.parent) : null;
  if (dataset.parent && !parent) return undefined;
  let next = parent ? parent.closest("li")?.nextElementSibling ?? null : null;
  const branch = new Set([dataset.parent]);
  for (; next; next = next.nextElementSibling) {
    const { message, parent: above } = /** @type {HTMLElement} */ (next.firstElementChild).dataset;
    if (!branch.has(above ?? "")) break;
    branch.add(message);
  }
  return next ?? (later === undefined ? null : undefined);
}

/** @param {Element} entry */
function inView(entry) {
  const { top, bottom } = entry.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

/** @param {HTMLElement} message @param {Element | null} before */
function insert(message, before) {
  const entry = document.createElement("li");
  entry.append(message);
  document.querySelector("[data-empty]")?.remove();
  still(() => list.insertBefore(entry, before));
  if (!inView(entry)) unseen.add(message);
}

/** @param {HTMLElement} known @param {HTMLElement} message */
function replace(known, message) {
  const held = known.contains(document.activeElement);
  if (message.isEqualNode(known)) return;
  still(() => known.replaceWith(message));
  if (unseen.delete(known)) unseen.add(message);
  if (held) focusOn(message);
}

/** Change the page while what the reader looks at stays where it is. @param {() => void} change */
function still(change) {
  const entries = [...list.children];
  const anchor = document.activeElement?.closest("form") ?? entries.find((one) => one.getBoundingClientRect().bottom > 0);
  const before = anchor?.getBoundingClientRect().top ?? 0;
  change();
  const moved = anchor ? anchor.getBoundingClientRect().top - before : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

const count = () => waiting.length + unseen.size + others;

/** Say how many are new and not in view; out loud only when there are more than before. @param {number} before */
function show(before) {
  const now = count();
  const words = (pill.dataset.words ?? "").replace("{count}", String(now));
  if (!now && pill === document.activeElement) focusOn(list);
  pill.hidden = !now;
  pill.textContent = words;
  if (now > before) said.textContent = words;
}

pill.addEventListener("click", () => {
  const [first] = [...unseen, ...waiting];
  for (const message of waiting) insert(message, following(message) ?? null);
  waiting = [];
  unseen.clear();
  if (!first && elsewhere) return location.assign(`?at=${elsewhere}#m-${elsewhere}`);
  show(count());
  first?.scrollIntoView({ block: "center" });
  if (first) focusOn(first);
});

addEventListener("scroll", () => {
  for (const message of unseen) if (inView(message)) unseen.delete(message);
  show(count());
}, { passive: true });

/** @param {HTMLElement} target */
function focusOn(target) {
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
