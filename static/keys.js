// @ts-check
/** Keys at the desk: through the list, one for each ruling; never while somebody writes, and they can be switched off. */

const OFF = "waypost-keys-off";
const AFTER = "waypost-key";
const STAYS = ["c", "u"]; // what leads back to the same item, so that the focus does too

const list = document.querySelector("[data-desk]");
const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("[data-keys-list]"));
const opener = /** @type {HTMLElement | null} */ (document.querySelector("[data-keys]"));
const chosen = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-keys-on]"));

/** Storage may be closed to us; then keys are on, and nothing is remembered. @param {() => string | null | void} ask */
function stored(ask) {
  try {
    return ask() ?? null;
  } catch {
    return null;
  }
}

let on = stored(() => localStorage.getItem(OFF)) === null;

/** @returns {HTMLElement[]} */
const keyed = () => [...document.querySelectorAll("[data-key]")].filter((one) => one.checkVisibility()).map((one) => /** @type {HTMLElement} */ (one));

/** What is beside a button is for those who see it: aria-keyshortcuts says it to the others. */
function show() {
  document.querySelectorAll("kbd[data-hint]").forEach((hint) => hint.remove());
  for (const one of document.querySelectorAll("[data-key]")) {
    const key = /** @type {HTMLElement} */ (one).dataset.key ?? "";
    if (on) one.setAttribute("aria-keyshortcuts", key);
    else one.removeAttribute("aria-keyshortcuts");
    if (!on) continue;
    const hint = document.createElement("kbd");
    hint.textContent = key;
    hint.dataset.hint = "";
    hint.setAttribute("aria-hidden", "true");
    (/** @type {HTMLInputElement} */ (one).labels?.[0] ?? one).append(" ", hint);
  }
}

function open() {
  const known = dialog?.querySelector("dl");
  if (!dialog || !known || dialog.open) return;
  known.querySelectorAll("[data-here]").forEach((old) => old.remove());
  known.prepend(...keyed().map(entry));
  if (chosen) chosen.checked = on;
  dialog.showModal();
}

/** @param {HTMLElement} one */
function entry(one) {
  const row = document.createElement("div");
  row.dataset.here = "";
  const [term, what] = ["dt", "dd"].map((name) => row.appendChild(document.createElement(name)));
  term.appendChild(document.createElement("kbd")).textContent = one.dataset.key ?? "";
  const label = /** @type {HTMLInputElement} */ (one).labels?.[0] ?? one;
  const words = /** @type {HTMLElement} */ (label.cloneNode(true));
  words.querySelectorAll("kbd").forEach((hint) => hint.remove());
  what.textContent = words.textContent?.trim() || one.getAttribute("aria-label");
  return row;
}

/** @param {EventTarget | null} target */
function typing(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "submit", "button"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select");
}

/** @param {number} by */
function move(by) {
  const rows = [...(list?.querySelectorAll("[data-item]") ?? [])];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const here = at < 0 ? rows.findIndex((row) => row.matches("[aria-current]") || row.querySelector("[aria-current]")) : at;
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + by));
  const link = /** @type {HTMLElement | null} */ (rows[next]?.querySelector("a[href]") ?? null);
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} one */
function press(one) {
  one.focus();
  if (typing(one)) return;
  stored(() => sessionStorage.setItem(AFTER, one.dataset.key ?? ""));
  one.click();
}

/** @param {KeyboardEvent} event @returns {(() => void) | null} */
function meant({ key, target }) {
  const inList = list?.contains(/** @type {Node} */ (target)) ?? false;
  const box = inList ? /** @type {HTMLElement} */ (target).closest("[data-item]")?.querySelector("input[type=checkbox]") : null;
  if (key === "?") return open;
  if (key === "j" || (key === "ArrowDown" && inList)) return () => move(1);
  if (key === "k" || (key === "ArrowUp" && inList)) return () => move(-1);
  if (key === "x" && box) return () => /** @type {HTMLElement} */ (box).click();
  if (key === "Enter" && target !== document.body && /** @type {Element} */ (target).id !== "main") return null;
  if (key === "Escape" && inList) return () => document.getElementById("main")?.focus({ preventScroll: true });
  // With the focus on another row, a ruling would fall on the item that is open beside it.
  const one = keyed().find((other) => other.dataset.key === key && !(inList && other.closest("[data-item]")));
  return one ? () => press(one) : null;
}

document.addEventListener("keydown", (event) => {
  if (!on || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (dialog?.open) return;
  // Out of a field, so that the next key decides; what was typed stays.
  if (typing(event.target)) return void (event.key === "Escape" && document.getElementById("main")?.focus({ preventScroll: true }));
  if (event.repeat && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  const act = meant(event);
  if (!act) return;
  event.preventDefault();
  act();
});

opener?.addEventListener("click", open);
opener?.removeAttribute("hidden");
chosen?.addEventListener("change", () => {
  on = chosen.checked;
  stored(() => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  show();
});
show();

// After a key has led to another page the focus is on what the page is about, never on the next ruling's button.
const after = stored(() => sessionStorage.getItem(AFTER));
stored(() => sessionStorage.removeItem(AFTER));
if (after !== null && document.activeElement === document.body && !document.querySelector("[autofocus]")) {
  const same = STAYS.includes(after) ? keyed().find((one) => one.dataset.key === after) : null;
  (same ?? document.getElementById("main"))?.focus({ preventScroll: true });
}
