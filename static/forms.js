// @ts-check
/** Forms lose nothing and send once; what somebody writes is never stored on the device. */

import { leaving } from "./leave.js";

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
