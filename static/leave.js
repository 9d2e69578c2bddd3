// @ts-check
/** Leave quickly: the page goes blank at once and somewhere unremarkable takes its place in the history. */

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
