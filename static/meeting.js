// @ts-check
/** A meeting as it happens, on top of a room: whose turn it is, the agenda's time, questions, the hosts' roster. */

import { localise } from "./site.js";
import { heard, join, list, withhold } from "./room.js";

const MINUTE_MS = 60_000;
const AGAIN_MS = 45_000;
const SOON_MS = 1500;

/**
 * @typedef {{ turn: string, member: string, handle: string, ends_at: string, from_seq: number, reactions: Record<string, number> }} Sharing
 * @typedef {{ version: number, phase: string, now: string | null, closes_at: string, transcript: string, step: number, step_ends_at: string | null,
 *   sharing: Sharing | null, hands: [string, string][], questions: { id: string, votes: number, answered: boolean }[] }} Meeting
 */

/** @param {string} name @param {ParentNode} [root] */
const find = (name, root = document) => /** @type {HTMLElement | null} */ (root.querySelector(`[data-${name}]`));

const room = /** @type {HTMLElement} */ (find("meeting"));
const me = document.body.dataset.member ?? "";
const host = room.dataset.host !== undefined;
let muted = room.dataset.muted !== undefined;
/** How far our clock is behind the server's. */
let behind = Date.parse(room.dataset.now ?? "") - Date.now() || 0;
/** @type {Meeting | null} */
let now = null;
let [softened, stepTold, stepEnded] = ["", -1, -1];

heard.meeting = (/** @type {Meeting} */ meeting) => {
  if (meeting.now) behind = Date.parse(meeting.now) - Date.now();
  if (now && meeting.version < now.version) return;
  const before = now;
  now = meeting;
  if (meeting.phase !== "open") return over(meeting);
  turns(meeting, before);
  agenda(meeting);
  if (before ? JSON.stringify(before.questions) !== JSON.stringify(meeting.questions) : true) questions(meeting);
  if (before && JSON.stringify(before.hands) !== JSON.stringify(meeting.hands)) roster();
  tick();
};

heard.muted = ({ muted: asked }) => {
  muted = asked;
  if (now) turns(now, now);
  if (!muted) tell(room.dataset.unmuted ?? "");
};

const present = heard.presence;
heard.presence = (frame) => {
  present?.(frame);
  roster();
};

const failed = heard.error;
heard.error = (frame) => {
  if (frame.reason === "not-found" && !frame.nonce) {
    withhold(room.dataset.away ?? "");
    setTimeout(() => location.reload(), SOON_MS);
    return;
  }
  failed?.(frame);
};

// Lines that come while somebody shares look like what they are.
new MutationObserver(() => now && enlarge(now)).observe(list, { childList: true });

/** @param {Meeting} meeting */
function enlarge({ sharing }) {
  for (const line of list.querySelectorAll("li.line")) {
    const { author, seq } = /** @type {HTMLElement} */ (line).dataset;
    line.classList.toggle("shared", sharing?.member === author && Number(seq) > (sharing?.from_seq ?? 0));
  }
}

/** @param {Meeting} meeting @param {Meeting | null} before */
function turns(meeting, before) {
  const { sharing, hands } = meeting;
  const mine = sharing?.member === me;
  const number = hands.findIndex(([member]) => member === me) + 1;
  show("sharing", Boolean(sharing) && !mine);
  show("mine", mine);
  show("waits", number > 0);
  show("sent-to-me", mine);
  put("sharer", sharing?.handle ?? "");
  put("number-of-mine", number ? String(number) : "");
  for (const [act, shown] of Object.entries({
    raise: !mine && !number, lower: number > 0, done: mine, pass: mine, react: Boolean(sharing) && !mine,
    next: Boolean(sharing) || hands.length > 0, time: Boolean(sharing), stop: Boolean(sharing),
  })) forms(act).forEach((form) => (form.hidden = !shown));
  ["react", "next", "time", "stop"].flatMap(forms).forEach((form) => fill(form, "seen", sharing?.turn ?? ""));
  for (const count of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    count.textContent = String(sharing?.reactions[count.dataset.word ?? ""] || "");
  }
  line(hands);
  enlarge(meeting);
  closes(meeting);
  const open = host || mine;
  withhold(open ? "" : muted ? (room.dataset.mutedWords ?? "") : sharing ? (room.dataset.sharingWords ?? "") : "");
  if (before && before.sharing?.turn !== sharing?.turn) announce(sharing, mine);
}

/** @param {Sharing | null} sharing @param {boolean} mine */
function announce(sharing, mine) {
  const { yours = "", begins = "", over: ended = "" } = room.dataset;
  tell("");
  put("heard", mine ? yours : sharing ? begins.replace("{handle}", sharing.handle) : ended);
  if (mine) document.getElementById("f-text")?.focus();
}

/** @param {[string, string][]} hands */
function line(hands) {
  show("hands", hands.length > 0);
  show("hands-none", !hands.length);
  find("hands")?.replaceChildren(
    ...hands.map(([, handle]) => Object.assign(document.createElement("li"), { textContent: handle })),
  );
}

/** @param {Meeting} meeting */
function closes({ closes_at: at }) {
  const [said, time] = [find("closes"), find("closes")?.querySelector("time")];
  if (!said || !time || Date.parse(time.dateTime) === Date.parse(at)) return;
  time.dateTime = at;
  localise(said);
}

/** @param {Meeting} meeting */
function agenda({ step }) {
  const steps = [...(find("agenda")?.children ?? [])];
  steps.forEach((one, number) => (number === step ? one.setAttribute("aria-current", "step") : one.removeAttribute("aria-current")));
  for (const form of forms("step")) {
    fill(form, "seen", String(step));
    form.hidden = step + 1 >= steps.length;
  }
  const told = find("step-told");
  if (told && stepTold >= 0 && stepTold !== step) {
    told.textContent = (told.dataset.next ?? "").replace("{step}", steps[step]?.textContent?.trim() ?? "");
  }
  stepTold = step;
}

/** Time is kept gently: minutes, no seconds, and soft words to who shares, once. */
function tick() {
  if (!now) return;
  const left = find("step-left");
  if (left) {
    const ms = now.step_ends_at ? Date.parse(now.step_ends_at) - (Date.now() + behind) : NaN;
    const minutes = Math.ceil(ms / MINUTE_MS);
    const words = minutes > 1 ? (left.dataset.minutes ?? "").replace("{minutes}", String(minutes)) : ms > 0 ? left.dataset.one : left.dataset.ended;
    left.textContent = Number.isNaN(ms) ? "" : (words ?? "");
    if (ms <= 0 && stepEnded !== now.step) put("step-told", left.dataset.ended ?? "");
    if (ms <= 0) stepEnded = now.step;
  }
  const { sharing } = now;
  if (sharing?.member !== me || Date.parse(sharing.ends_at) > Date.now() + behind) return;
  if (softened !== sharing.turn + sharing.ends_at) tell(room.dataset.soft ?? "");
  softened = sharing.turn + sharing.ends_at;
}

/** @param {Meeting} meeting */
function questions({ questions: asked }) {
  const shown = find("questions");
  if (!shown) return;
  const known = new Map([...shown.querySelectorAll("[data-question]")].map((row) => [/** @type {HTMLElement} */ (row).dataset.question, /** @type {HTMLElement} */ (row)]));
  const same = asked.length === known.size && asked.every(({ id, answered }) => known.get(id)?.classList.contains("done") === answered);
  if (!same) return fetchSoon(shown, "questions");
  for (const { id, votes } of asked) {
    const row = /** @type {HTMLElement} */ (known.get(id));
    const count = find("votes", row);
    if (count) count.textContent = String(votes);
    if (!shown.contains(document.activeElement)) row.parentElement?.append(row); // nothing moves under a finger
  }
}

function roster() {
  const shown = find("roster");
  if (shown) fetchSoon(shown, "roster");
}

/** @type {Map<string, number>} */
const coming = new Map();

/** Ask for a part of the page anew, once for all that happens within a moment. @param {HTMLElement} shown @param {string} part */
function fetchSoon(shown, part) {
  if (coming.has(part)) return;
  coming.set(part, setTimeout(async () => {
    coming.delete(part);
    const answer = await fetch(`/meetings/${room.dataset.id}/${part}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const focused = /** @type {HTMLElement | null} */ (shown.contains(document.activeElement) ? document.activeElement : null);
    const at = focused ? controls(shown).indexOf(focused) : -1;
    shown.innerHTML = await answer.text(); // rendered by our own templates
    if (at >= 0) controls(shown)[Math.min(at, controls(shown).length - 1)]?.focus();
  }, SOON_MS * (0.5 + Math.random() / 2)));
}

/** @param {HTMLElement} root */
const controls = (root) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll("button:not([hidden] *), a")]);

// What is done by a form is done without leaving the page; the form itself works all the same.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.act === undefined) return;
  event.preventDefault();
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
  }).catch(() => null);
  if (answer?.status === 204) after(form);
  else if (answer?.headers.get("content-type")?.startsWith("application/json")) tell((await answer.json()).words);
  else location.reload();
});

/** @param {HTMLFormElement} form */
function after(form) {
  const { act = "" } = form.dataset;
  if (act === "vote" || act === "unvote") {
    const row = form.closest("[data-question]");
    for (const one of row?.querySelectorAll("[data-act]") ?? []) /** @type {HTMLElement} */ (one).hidden = one === form;
  }
  if (form.closest("[data-roster]")) roster();
}

/** @param {Meeting} meeting */
function over({ transcript }) {
  if (transcript === "drop") list.replaceChildren();
  withhold(room.dataset.closed ?? "");
  const area = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("f-text"));
  if (!area?.value.trim()) return location.reload();
  tell(room.dataset.closed ?? "");
}

/** @param {string} act */
const forms = (act) => /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll(`form[data-act="${act}"]`)]);

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function fill(form, name, value) {
  const field = form.querySelector(`input[name="${name}"]`);
  if (field instanceof HTMLInputElement) field.value = value;
}

/** @param {string} name @param {boolean} shown */
function show(name, shown) {
  const part = find(name);
  if (part) part.hidden = !shown;
}

/** @param {string} name @param {string} words */
function put(name, words) {
  const part = find(name);
  if (part && part.textContent !== words) part.textContent = words;
}

/** Say something to this guest alone. @param {string} words */
function tell(words) {
  put("told", words);
}

setInterval(tick, 5000);
// A hint may be lost: asking again now and then mends it.
setInterval(join, AGAIN_MS);
