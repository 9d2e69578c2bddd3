// @ts-check
/**
 * What every page does, in one file because a first visit should be few requests: leave quickly, times in the
 * reader's zone, forms that lose nothing and send once. What somebody writes is never stored on the device.
 */

// Leave quickly: the page goes blank at once and somewhere unremarkable takes its place in the history.

const PRESSES = 3;
const WITHIN_MS = 1000;

let gone = false;
/** @type {number[]} */
let presses = [];

/** Whether the member is leaving: then nothing may ask them to stay. */
export const leaving = () => gone;

const link = document.querySelector("a[data-leave]");

function leave() {
  if (!(link instanceof HTMLAnchorElement)) return;
  gone = true;
  document.documentElement.hidden = true;
  document.title = new URL(link.href).hostname;
  location.replace(link.href);
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  const since = event.timeStamp - WITHIN_MS;
  presses = event.key === "Shift" ? [...presses.filter((at) => at > since), event.timeStamp] : [];
  if (presses.length >= PRESSES) leave();
}, true);

/** Go to where one signs in, to come back here. */
export const signIn = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);

// Moments the way the pages say them: "14:05", "yesterday 14:05", "3 Nov 2026".

const { lang, dataset } = document.documentElement;
const DAY_MS = 86_400_000;

/** The device's time zone, such as "Europe/Berlin". */
export const zoneOfDevice = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

const timeZone = document.body.dataset.member ? dataset.zone : zoneOfDevice();
const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short", timeZone });
const date = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone });

/**
 * Rewrite every time under the root into the reader's zone; dates without a clock stay.
 * @param {ParentNode} root
 */
export function localise(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-only-date])")) {
    const moment = new Date(/** @type {HTMLTimeElement} */ (time).dateTime);
    if (!Number.isNaN(moment.getTime())) time.textContent = said(moment);
  }
}

/** @param {Date} moment */
function said(moment) {
  const day = date.format(moment);
  const now = Date.now();
  if (day === date.format(now)) return clock.format(moment);
  if (day !== date.format(now - DAY_MS)) return day;
  return (document.body.dataset.yesterday ?? "{clock}").replace("{clock}", clock.format(moment));
}

if (!document.body.dataset.member) localise(document);

const zones = document.querySelector("select[data-own-zone]");
if (zones instanceof HTMLSelectElement) {
  const own = [...zones.options].find((option) => option.value === zoneOfDevice());
  if (own) own.selected = true;
}

// Forms.

const PAUSE_MS = 600;
const NEAR = 0.1;
const AGAIN_MS = 10_000;

/** @type {WeakSet<HTMLFormElement>} */
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), AGAIN_MS);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));

window.addEventListener("beforeunload", (event) => {
  if (leaving() || ![...document.querySelectorAll("form[data-keep]")].some(wouldLose)) return;
  event.preventDefault();
  event.returnValue = true; // browsers of before 2023 ask only then
});

/** @param {Element} form */
function wouldLose(form) {
  if (sent.has(/** @type {HTMLFormElement} */ (form))) return false;
  return [...form.querySelectorAll("textarea")].some((area) => area.value.trim() && area.value !== area.defaultValue);
}

for (const words of document.querySelectorAll("[data-counter]")) {
  const area = document.getElementById(/** @type {HTMLElement} */ (words).dataset.counter ?? "");
  if (area instanceof HTMLTextAreaElement) count(area, /** @type {HTMLElement} */ (words));
}

/**
 * Say how much room is left once it is getting short, after a pause in typing.
 * @param {HTMLTextAreaElement} area @param {HTMLElement} words
 */
function count(area, words) {
  const limit = Number(area.dataset.limit);
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const left = limit - [...area.value].length;
      words.hidden = left > limit * NEAR;
      const said = left < 0 ? words.dataset.over : words.dataset.left;
      words.textContent = words.hidden ? "" : (said ?? "").replace("{count}", String(Math.abs(left)));
    }, PAUSE_MS);
  });
}
