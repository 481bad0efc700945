// The box to drop a recording into, and what became of those that were.

import { get, Refused, send } from "./api.js";
import { fillBar, find, list, make, say } from "./dom.js";
import { bytes, duration, words } from "./format.js";

const MOST = 5;
const INTERVAL = 700;

export class Recordings {
  constructor() {
    this.items = [];
    this.next = 0;
    const input = find("file"), drop = find("drop");
    input.addEventListener("change", () => {
      for (const file of input.files) this.add(file);
      input.value = "";
    });
    // The input lies over the box and takes what is dropped; the box only has to show it.
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("over"));
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
    // What misses the box is not to replace the page.
    for (const name of ["dragover", "drop"]) {
      window.addEventListener(name, (event) => { if (event.target !== input) event.preventDefault(); });
    }
    find("drop-form").addEventListener("submit", (event) => event.preventDefault());
  }

  configure(uploads) {
    this.limit = uploads.limit;
    find("drop-form").hidden = !uploads.isOn;
    find("uploads-off").hidden = uploads.isOn;
    if (!uploads.isOn) return;
    find("file").accept = uploads.suffixes.map((suffix) => `.${suffix}`).join(",");
    say(find("drop-hint"), `${uploads.suffixes.map((each) => each.toUpperCase()).join(", ")}, up to ${bytes(uploads.limit)}`);
  }

  async add(file) {
    const item = { key: this.next, name: file.name, progress: 0, note: "Sending…" };
    this.next += 1;
    this.items = [item, ...this.items].slice(0, MOST);
    this.render();
    try {
      if (file.size > this.limit) throw new Refused(413, `It has ${bytes(file.size)}, and ${bytes(this.limit)} are allowed.`);
      if (!file.size) throw new Refused(400, "The file is empty.");
      const target = find("target").value.trim();
      const query = target ? `?target=${encodeURIComponent(target)}` : "";
      const { job } = await send(`api/recordings${query}`, file, (share) => {
        item.progress = share;
        item.note = share < 1 ? `Sending, ${Math.round(share * 100)}%` : "Sent";
        this.render();
      });
      item.progress = null;
      item.job = job;
      await this.follow(item);
    } catch (error) {
      item.progress = null;
      item.note = "";
      item.error = error instanceof Refused ? error.message : "The gateway did not answer.";
    }
    this.render();
  }

  async follow(item) {
    for (let failures = 0; ;) {
      try {
        const job = await get(`api/jobs/${encodeURIComponent(item.job)}`);
        failures = 0;
        if (job.isFinished) {
          Object.assign(item, { note: "", result: job });
          return;
        }
        item.note = job.state === "DELAYED" ? "Failed for a while; it is tried again later" : "Waiting for its translation…";
      } catch (error) {
        failures += 1;
        if (failures > 20 || error.status === 401) throw error;
      }
      this.render();
      await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    }
  }

  render() {
    list(find("recordings"), this.items, (item) => item.key, (item) => make("li", { "data-recording": item.key },
      make("span", { class: "name" }, item.name), make("div", { class: "bar", "aria-hidden": "true" }),
      make("p", { class: "words", dir: "auto" }), make("p", { class: "sub" }), make("p", { class: "bad" })),
    (element, item) => {
      const [, bar, text, note, error] = element.children;
      bar.hidden = item.progress === null;
      fillBar(bar, [{ name: "done", share: item.progress ?? 0 }]);
      const result = item.result;
      const isDone = result?.state === "SUCCEEDED";
      text.hidden = !isDone;
      if (isDone) {
        say(text, result.text || words(result.status));
        if (result.language) text.lang = result.language.replaceAll("_", "-");
      }
      say(note, isDone ? describe(result) : item.note);
      note.hidden = !note.textContent;
      const why = item.error ?? (result && !isDone ? `${words(result.reason || result.state)}. ${result.message}` : "");
      say(error, why);
      error.hidden = !why;
    });
  }
}

function describe(result) {
  const parts = [];
  if (result.audioSeconds) parts.push(`${duration(result.audioSeconds)} of audio`);
  if (result.workSeconds) parts.push(`${duration(result.workSeconds)} of work`);
  if (result.worker) parts.push(`by ${result.worker}`);
  return parts.join(" · ");
}
