// @ts-check
/** Says moments the way the pages do: "14:05", "yesterday 14:05", "3 Nov 2026". */

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
