// Asks the gateway every few seconds, and shows what it says.

import { get, Refused, token } from "./api.js";
import { BacklogChart, sparkline } from "./chart.js";
import { draw, fillBar, find, list, make, say } from "./dom.js";
import { ago, clock, compact, count, dash, duration, figure, plural, words } from "./format.js";
import { Recordings } from "./recordings.js";

const INTERVAL = 2_000, LONGEST = 15_000;

const chart = new BacklogChart(find("chart"), find("readout"));
const recordings = new Recordings();
let failures = 0;
let timer;
let round = 0;

const cell = (label, isNumber, ...children) =>
  make("td", { role: "cell", class: isNumber ? "number" : null, "data-label": label }, ...children);
const row = (...cells) => make("tr", { role: "row" }, ...cells);

// MARK: Figures

function showFigures({ lag, jobs, throughput, workers }) {
  const running = workers.reduce((sum, each) => sum + each.running.length, 0);
  const failed = jobs.failed + jobs.deadLettered;
  const finished = jobs.succeeded + failed + jobs.cancelled + jobs.deadlineExceeded;
  const eta = lag.waiting === 0 ? "0 s" : lag.etaSeconds === undefined ? dash : duration(lag.etaSeconds);
  const behind = lag.waiting === 0 ? "nothing waits" : lag.etaSeconds === undefined ? "it does not shrink now" : "at the present rate";
  list(find("figures"), [
    { name: "Waiting", value: compact(lag.waiting), unit: lag.waiting === 1 ? "job" : "jobs",
      note: [jobs.waitingAudioSeconds > 0 ? `${duration(jobs.waitingAudioSeconds)} of audio` : "", lag.delayed ? `${compact(lag.delayed)} delayed` : ""].filter(Boolean).join(", ") || "running ones included" },
    { name: "Time to empty", value: eta, note: behind },
    { name: "Throughput", value: figure(throughput.audioPerSecond), unit: "× real time",
      note: throughput.jobsPerSecond === undefined ? "being measured" : `${figure(throughput.jobsPerSecond)} jobs/s`, line: throughput.history },
    { name: "Real-time factor", value: figure(throughput.realTimeFactor),
      note: throughput.realTimeFactor === undefined ? "no results yet" : "work per second of audio" },
    { name: "Workers", value: count(workers.filter((each) => each.name && each.isMember).length), note: `${plural(running, "job")} running` },
    { name: "Failed", value: compact(failed), unit: failed === 1 ? "job" : "jobs", note: `of ${compact(finished)} finished`, alert: failed > 0 },
  ], (each) => each.name, (each) => make("div", { class: "figure" }, make("dt", null, each.name),
    make("dd", null, make("span", { class: "value" }), make("span", { class: "unit" })), make("dd", { class: "note" }),
    each.line ? draw("svg", { class: "spark", viewBox: "0 0 100 20", preserveAspectRatio: "none", "aria-hidden": "true" }) : null),
  (element, each) => {
    say(element.querySelector(".value"), each.value);
    say(element.querySelector(".unit"), each.value === dash ? "" : each.unit ?? "");
    say(element.querySelector(".note"), each.note);
    element.classList.toggle("alert", each.alert ?? false);
    if (each.line) sparkline(element.querySelector("svg"), each.line);
  });
}

// MARK: Backlog

function showLag(lag) {
  chart.show({ times: lag.times, partitions: lag.partitions });
  const most = Math.max(0, ...lag.partitions.flatMap((each) => each.history));
  find("legend").hidden = most === 0;
  say(find("most"), compact(most));
  list(find("partition-rows"), lag.partitions, (each) => `${each.topic}[${each.partition}]`,
    (each) => make("tr", null, make("td", null, each.topic), make("td", { class: "number" }, String(each.partition)),
      make("td", { class: "number" }), make("td")),
    (element, each) => {
      say(element.children[2], count(each.lag));
      say(element.children[3], each.owner ?? dash);
    });
}

// MARK: Batches

function showBatches(batches, now) {
  find("batches").hidden = !batches.length;
  find("batches-empty").hidden = batches.length > 0;
  const open = batches.filter((each) => !each.isFinished).length;
  say(find("batches-note"), batches.length ? (open ? `${count(open)} running` : "all finished") : "");
  list(find("batch-rows"), batches, (each) => each.id, (each) => row(
    cell("Batch", false, make("span", { class: "name" }, each.id), make("span", { class: "sub" })),
    cell("Progress", false, make("div", { class: "bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100,
      "aria-label": `Progress of batch ${each.id}` }), make("span", { class: "sub" })),
    cell("Jobs", true, make("span")), cell("Audio", true, make("span")), cell("Ready in", true, make("span"))),
  (element, each) => showBatch(element, each, now));
}

function showBatch(element, batch, now) {
  const [name, progress, jobs, audio, eta] = element.children;
  const all = Math.max(1, batch.jobs), failed = batch.failed + batch.deadLettered, gone = batch.cancelled + batch.deadlineExceeded;
  const finished = batch.succeeded + failed + gone;
  const labels = Object.entries(batch.labels).map(([key, value]) => `${key}: ${value}`).join(", ");
  say(name.lastChild, [`begun ${ago(batch.createTime, now)}`, labels].filter(Boolean).join(" · "));
  const [bar, note] = progress.children;
  fillBar(bar, [{ name: "done", share: batch.succeeded / all }, { name: "failed", share: failed / all }, { name: "gone", share: gone / all }]);
  const percent = Math.floor((finished / all) * 100);
  const parts = [`${percent}%`];
  if (failed) parts.push(`${compact(failed)} failed`);
  if (batch.cancelled) parts.push(`${compact(batch.cancelled)} cancelled`);
  if (batch.deadlineExceeded) parts.push(`${compact(batch.deadlineExceeded)} too late`);
  if (batch.delayed) parts.push(`${compact(batch.delayed)} delayed`);
  if (!batch.isSubmitted) parts.push("still being submitted");
  const text = parts.join(" · ");
  bar.setAttribute("aria-valuenow", String(percent));
  bar.setAttribute("aria-valuetext", text);
  say(note, text);
  say(jobs.firstChild, `${compact(finished)} / ${compact(batch.jobs)}`);
  say(audio.firstChild, batch.audioSeconds > 0 ? duration(batch.audioSeconds) : dash);
  say(eta.firstChild, batch.isFinished ? "done" : duration(batch.etaSeconds));
}

// MARK: Workers

function showWorkers(workers, now) {
  find("workers").hidden = !workers.length;
  find("workers-empty").hidden = workers.length > 0;
  const models = new Set(workers.map((each) => each.model).filter(Boolean));
  say(find("workers-note"), [...models].join(", "));
  list(find("worker-rows"), workers, (each) => each.name, (each) => row(
    cell("Worker", false, make("span", { class: "name" }, each.name || "Not told"), make("span", { class: "sub" })),
    cell("Runs", false, make("ul", { class: "jobs" }), make("span", { class: "muted" })),
    cell("Partitions", true, make("span")), cell("Real-time factor", true, make("span")), cell("Last result", true, make("span"))),
  (element, each) => {
    const [name, runs, partitions, factor, last] = element.children;
    say(name.lastChild, !each.name ? "the broker does not say whose these are" : each.isMember ? each.precision ?? "" : "has left");
    list(runs.firstChild, each.running, (job) => `${job.batch}/${job.id}`,
      (job) => make("li", null, make("span", null, job.id), make("span", { class: "sub" })),
      (item, job) => say(item.lastChild, [job.batch, `${job.topic}[${job.partition}]`].filter(Boolean).join(" · ")));
    say(runs.lastChild, each.running.length || !each.isMember || each.partitions === undefined ? "" : "nothing at the moment");
    say(partitions.firstChild, each.partitions === undefined ? dash : count(each.partitions));
    say(factor.firstChild, figure(each.realTimeFactor));
    say(last.firstChild, each.lastResult === undefined ? dash : ago(each.lastResult, now));
  });
}

// MARK: Failures

function showFailures(failures) {
  find("failures-empty").hidden = failures.length > 0;
  list(find("failure-rows"), failures, (each) => `${each.batch}/${each.job}/${each.time}`,
    (each) => make("li", null,
      make("div", { class: "line" }, make("span", { class: "tag bad" }, words(each.reason || each.state)),
        make("time", { datetime: new Date(each.time).toISOString() }, clock(each.time, true))),
      make("p", null, each.message || words(each.state)),
      make("p", { class: "sub" }, [each.job, each.batch && `of ${each.batch}`, each.worker && `by ${each.worker}`,
        each.attempt > 1 && `attempt ${each.attempt}`].filter(Boolean).join(" · "))),
    () => {});
}

// MARK: Asking

function show(data) {
  find("gate").hidden = true;
  find("main").hidden = false;
  say(find("group"), data.group ?? "");
  say(find("foot"), `dragoman-gateway ${data.version}`);
  showFigures(data);
  showLag(data.lag);
  showBatches(data.batches, data.time);
  showWorkers(data.workers, data.time);
  showFailures(data.failures);
  recordings.configure(data.uploads);
  tell(data.lag.error ? "The brokers do not answer; the backlog is as it was last known." : "");
}

function tell(trouble) {
  say(find("trouble"), trouble);
  find("trouble").hidden = !trouble;
}

function status(text, kind) {
  say(find("state"), text);
  find("dot").className = `dot ${kind}`;
}

function askForToken(message) {
  status("A token is needed", "");
  tell("");
  find("main").hidden = true;
  find("forget").hidden = true;
  say(find("gate-error"), message);
  if (!find("gate").hidden) return find("token").select();
  find("gate").hidden = false;
  find("token").focus();
}

async function refresh() {
  clearTimeout(timer);
  const mine = (round += 1);
  const window = document.querySelector("#window input:checked").value;
  const isKnown = token.value !== "";
  let data;
  try {
    // Asked first, so that to need a token is no error.
    if (!isKnown && (await get("api/access")).needsToken) return askForToken("");
    data = await get(`api/overview?window=${window}`);
  } catch (error) {
    if (mine === round) failed(error, isKnown);
    return;
  }
  if (mine !== round) return;
  failures = 0;
  show(data);
  status("Live", "good");
  find("forget").hidden = !token.value;
  timer = setTimeout(refresh, INTERVAL);
}

function failed(error, isKnown) {
  if (error instanceof Refused && error.status === 401) {
    token.value = "";
    return askForToken(isKnown ? "The gateway does not know this token." : "");
  }
  failures += 1;
  status("Not connected", "bad");
  tell(error instanceof Refused ? error.message : "The gateway does not answer. What is shown may be old; trying again.");
  timer = setTimeout(refresh, Math.min(LONGEST, INTERVAL * 2 ** Math.min(failures, 4)));
}

find("gate").addEventListener("submit", (event) => {
  event.preventDefault();
  token.value = find("token").value.trim();
  find("token").value = "";
  refresh().then(() => { if (!find("main").hidden) find("main").focus(); });
});
find("forget").addEventListener("click", () => {
  token.value = "";
  clearTimeout(timer);
  round += 1;
  askForToken("");
});
find("window").addEventListener("change", refresh);
// Nobody looks at a hidden tab.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else if (find("gate").hidden) refresh();
});
refresh();
