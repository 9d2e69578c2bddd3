// @ts-check
/** A meeting's lobby: who is here, and the way in once it is open. */

import { signIn } from "./site.js";
import { Socket, VERSION } from "./socket.js";

const MINUTE_MS = 60_000;
const AGAIN_MS = 15_000;
const SOON_MS = 2000;

/** @param {string} name */
const find = (name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-${name}]`));

const lobby = /** @type {HTMLElement} */ (find("lobby"));
const place = lobby.dataset.place;
const behind = Date.parse(lobby.dataset.now ?? "") - Date.now() || 0;
const left = Date.parse(lobby.dataset.opens ?? "") - Date.now() - behind;
let phase = "lobby";

/** @type {Record<string, (frame: any) => void>} */
const heard = {
  welcome: ({ version }) => version === VERSION && join(),
  joined: ({ here }) => present(here),
  presence: present,
  meeting: (frame) => frame.phase !== phase && enter(frame.phase),
  error: ({ reason }) => reason === "not-found" && setTimeout(() => location.reload(), SOON_MS),
};

const socket = new Socket(lobby.dataset.live ?? "/live", {
  frame: (frame) => (frame.place ?? place) === place && heard[frame.type]?.(frame),
  standing: (standing) => standing === "signed-out" && signIn(),
});

function join() {
  socket.send({ type: "join", place, since: null });
}

/** @param {{ count: number, names: string[] }} here */
function present({ count, names }) {
  const [number, list] = [find("here"), find("names")];
  if (number) number.textContent = String(count);
  if (list) list.textContent = names.join(", ");
}

/** @param {string} next */
function enter(next) {
  phase = next;
  tell("open");
  location.reload();
}

/** @param {string} which */
function tell(which) {
  const told = find("told");
  if (told) told.textContent = told.dataset[which] ?? "";
}

if (left > MINUTE_MS && left < 24 * 60 * MINUTE_MS) setTimeout(() => tell("soon"), left - MINUTE_MS);
// At the start the server is asked to look who is here; it opens for everybody at once.
if (left > 0 && left < 24 * 60 * MINUTE_MS) setTimeout(() => location.reload(), left + 500 + Math.random() * 2000);
setInterval(join, AGAIN_MS);
