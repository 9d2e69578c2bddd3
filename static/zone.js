// @ts-check
/** On pages with dates: where the device is in another time zone than the page, offers that one. */

import { zoneOfDevice } from "./site.js";

const offer = document.querySelector("[data-own-zone][hidden]");

/**
 * One zone has several names, such as Asia/Calcutta and Asia/Kolkata: the browser knows which is which.
 * @param {string} zone
 */
function known(zone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
}

const own = zoneOfDevice();

if (offer instanceof HTMLElement && own && known(own) !== known(offer.dataset.ownZone ?? "")) {
  const said = offer.querySelector("[data-said]");
  if (said) said.textContent = (offer.dataset.words ?? "{zone}").replace("{zone}", own);
  const field = offer.querySelector("input[name=time_zone]");
  if (field instanceof HTMLInputElement) field.value = own;
  const link = offer.querySelector("a");
  if (link) link.href += `&time_zone=${encodeURIComponent(own)}`;
  offer.hidden = false;
}
