// @ts-check
/** What every page does: leave quickly, times in the member's zone, forms that lose nothing. */

import "./leave.js";
import "./forms.js";
import { localise, zoneOfDevice } from "./times.js";

if (!document.body.dataset.member) localise(document);

const zones = document.querySelector("select[data-own-zone]");
if (zones instanceof HTMLSelectElement) {
  const own = [...zones.options].find((option) => option.value === zoneOfDevice());
  if (own) own.selected = true;
}
