// @ts-check
/** The lines of a room: in order of seq, without gaps, grouped by speaker, never moving what is being read. */

import { localise } from "./site.js";

const NEAR_PX = 80;

/** @typedef {{ seq: number, id: string, author: string | null, html: string }} Item */

export class Log {
  #unseen = 0;
  #follows = false;

  /**
   * @param {HTMLElement} list the lines @param {HTMLElement} end what stands below them
   * @param {HTMLElement} foot what stays at the bottom of the window @param {HTMLElement} pill how many are new
   */
  constructor(list, end, foot, pill) {
    this.list = list;
    this.end = end;
    this.foot = foot;
    this.pill = pill;
    /** The highest seq below which nothing is missing. */
    this.last = Number(list.dataset.seq);
    pill.addEventListener("click", () => this.follow());
    addEventListener("scroll", () => this.#scrolled(), { passive: true });
    addEventListener("resize", () => this.keep());
    new ResizeObserver(() => this.keep()).observe(foot);
    this.#scrolled();
  }

  /** @param {string} id */
  find(id) {
    return /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-message="${CSS.escape(id)}"]`));
  }

  /**
   * Show an item: replace the line if it is known, add it if it is new. The item's seq is that of its last change,
   * the line's own seq is where it stands; a change to a line above the first one here is not shown.
   * @param {Item} item
   */
  take(item) {
    const known = this.find(item.id);
    const line = make(item);
    if (!line) return;
    if (known) return this.#replace(known, line);
    const after = this.#following(Number(line.dataset.seq));
    if (after && after === this.list.firstElementChild) return;
    const follows = this.#follows || line.classList.contains("mine");
    this.list.insertBefore(line, after);
    regroup(line);
    regroup(after);
    if (follows) this.follow();
    else this.#count(this.#unseen + 1);
  }

  /** Bring the newest line into view, just above the composer. */
  follow() {
    scrollBy(0, Math.max(0, this.#below()));
    this.#follows = true;
    this.#count(0);
  }

  /** Stay at the newest line, if that is where the reader was, while something above the composer grows. */
  keep() {
    if (this.#follows) this.follow();
  }

  #below() {
    return this.end.getBoundingClientRect().top - this.foot.getBoundingClientRect().top;
  }

  #scrolled() {
    this.#follows = this.#below() < NEAR_PX;
    if (this.#follows) this.#count(0);
  }

  /** @param {number} unseen */
  #count(unseen) {
    if (!unseen && this.pill === document.activeElement) document.getElementById("f-text")?.focus({ preventScroll: true });
    this.#unseen = unseen;
    this.pill.hidden = !unseen;
    this.pill.textContent = (this.pill.dataset.words ?? "").replace("{count}", String(unseen));
  }

  /** @param {number} seq */
  #following(seq) {
    let after = null;
    for (let line = this.list.lastElementChild; line; line = line.previousElementSibling) {
      if (Number(/** @type {HTMLElement} */ (line).dataset.seq) < seq) break;
      after = line;
    }
    return after;
  }

  /** @param {HTMLElement} known @param {HTMLElement} line */
  #replace(known, line) {
    const held = known.contains(document.activeElement);
    const open = known.querySelector("details")?.open ?? false;
    line.querySelector("details")?.toggleAttribute("open", open);
    line.classList.toggle("same", known.classList.contains("same"));
    if (line.isEqualNode(known)) return;
    const next = known.nextElementSibling;
    known.replaceWith(line);
    regroup(line);
    regroup(next);
    if (held) focusIn(line);
  }
}

/** @param {Item} item */
function make({ html, author }) {
  const template = document.createElement("template");
  template.innerHTML = html; // from our own templates; what people wrote in it was made by the sanitiser
  const line = template.content.querySelector("li");
  line?.classList.toggle("mine", author === document.body.dataset.member);
  if (line) localise(line);
  return line;
}

/** @param {Element | null} line */
function regroup(line) {
  const before = line?.previousElementSibling;
  if (!(line instanceof HTMLElement)) return;
  const bothShown = [line, before].every((one) => one?.classList.contains("published"));
  line.classList.toggle("same", bothShown && /** @type {HTMLElement} */ (before).dataset.author === line.dataset.author);
}

/** @param {HTMLElement} line */
function focusIn(line) {
  const target = /** @type {HTMLElement} */ (line.querySelector("summary") ?? line);
  if (target === line) line.tabIndex = -1;
  target.focus({ preventScroll: true });
}
