// The backlog over time: all jobs as an area, and below it a row for each partition, the darker the more wait in it.
// A cursor goes over it with the pointer or the arrow keys; what stands there is read out below.

import { draw, list, make, say } from "./dom.js";
import { clock, compact, count } from "./format.js";

const LEFT = 76, RIGHT = 8, TOP = 8, AREA = 120, GAP = 22, BOTTOM = 4, LANE = 18;
const STEPS = 4;

// 0 for none, then 1 to 4 by the logarithm of the share: a few jobs must show beside thousands.
function shade(lag, most) {
  if (!lag) return 0;
  return Math.min(STEPS, 1 + Math.floor((Math.log1p(lag) / Math.log1p(most)) * (STEPS - 0.001)));
}

// 1, 2 or 5 times a power of ten, so that two or three lines stand in the area.
function step(most) {
  const rough = Math.max(1, most / 3), power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
}

// Topics for jobs to be tried again are mostly empty: they are shown where something was in them.
function withoutQuietRetries(partitions) {
  const busy = new Set(partitions.filter((each) => !each.isDelayed || each.history.some((lag) => lag > 0)).map((each) => each.topic));
  return partitions.filter((each) => busy.has(each.topic));
}

export class BacklogChart {
  constructor(place, readout) {
    this.place = place;
    this.readout = readout;
    this.position = null;
    place.setAttribute("role", "slider");
    place.setAttribute("tabindex", "0");
    place.setAttribute("aria-label", "Backlog over time");
    place.setAttribute("aria-valuemin", "0");
    place.addEventListener("keydown", (event) => this.key(event));
    place.addEventListener("pointermove", (event) => this.point(event));
    place.addEventListener("pointerleave", () => this.move(null));
    place.addEventListener("blur", () => this.move(null));
    new ResizeObserver(() => this.render()).observe(place);
  }

  show(data) {
    this.data = data;
    this.render();
  }

  get last() { return this.data.times.length - 1; }

  render() {
    const width = this.place.clientWidth;
    if (!this.data || !width) return;
    const { times } = this.data;
    const partitions = withoutQuietRetries(this.data.partitions);
    if (!times.length) {
      this.place.replaceChildren(make("p", { class: "empty" }, "The first reading is on its way."));
      return;
    }
    this.totals = times.map((_, index) => partitions.reduce((sum, each) => sum + (each.history[index] ?? 0), 0));
    this.most = Math.max(1, ...partitions.flatMap((each) => each.history));
    const lanes = Map.groupBy(partitions, (each) => each.topic);
    const row = Math.max(5, Math.min(14, Math.floor(260 / Math.max(1, partitions.length))));
    const heat = TOP + AREA + GAP;
    const height = heat + lanes.size * LANE + partitions.length * row + BOTTOM;
    const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, height, "aria-hidden": "true" });
    this.plot = { left: LEFT, width: width - LEFT - RIGHT, height };
    this.drawArea(svg);
    this.drawTimes(svg);
    let top = heat;
    for (const [topic, rows] of lanes) {
      svg.append(draw("text", { class: "lane", x: 0, y: top + 13 }, topic));
      top += LANE;
      rows.forEach((partition, index) => {
        this.drawRow(svg, partition, top, row, index % Math.ceil(11 / row) === 0);
        top += row;
      });
    }
    this.cursor = draw("line", { class: "cursor", y1: TOP, y2: height, visibility: "hidden" });
    svg.append(this.cursor);
    this.place.replaceChildren(svg);
    this.place.setAttribute("aria-valuemax", String(this.last));
    this.move(this.position === null ? null : Math.min(this.position, this.last));
  }

  x(index) { return this.plot.left + (this.plot.width * (index + 0.5)) / this.data.times.length; }

  drawArea(svg) {
    const most = Math.max(1, ...this.totals), unit = step(most), top = Math.ceil(most / unit) * unit;
    const y = (lag) => TOP + AREA - (AREA * lag) / top;
    for (let value = 0; value <= top; value += unit) {
      svg.append(
        draw("line", { class: "grid", x1: LEFT, x2: LEFT + this.plot.width, y1: y(value), y2: y(value) }),
        draw("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, compact(value)));
    }
    const points = this.totals.map((lag, index) => `${this.x(index).toFixed(1)},${y(lag).toFixed(1)}`);
    const end = this.x(this.last), start = this.x(0);
    svg.append(
      draw("path", { class: "area", d: `M${start},${y(0)}L${points.join("L")}L${end},${y(0)}Z` }),
      draw("path", { class: "line", d: `M${points.join("L")}` }));
  }

  drawTimes(svg) {
    const { times } = this.data, labels = Math.max(2, Math.floor(this.plot.width / 110));
    for (let number = 0; number < labels; number += 1) {
      const index = Math.round((this.last * number) / (labels - 1));
      const anchor = number === 0 ? "start" : number === labels - 1 ? "end" : "middle";
      svg.append(draw("text", { x: this.x(index), y: TOP + AREA + 15, "text-anchor": anchor }, clock(times[index])));
    }
  }

  // Runs of one shade are one rectangle.
  drawRow(svg, partition, top, height, isNamed) {
    if (isNamed) {
      svg.append(draw("text", { x: LEFT - 8, y: top + height / 2 + 4, "text-anchor": "end" }, String(partition.partition)));
    }
    const shades = this.data.times.map((_, index) => shade(partition.history[index], this.most));
    const cell = this.plot.width / shades.length;
    for (let begin = 0, index = 1; index <= shades.length; index += 1) {
      if (index < shades.length && shades[index] === shades[begin]) continue;
      svg.append(draw("rect", {
        class: `heat-${shades[begin]}`, x: (LEFT + begin * cell).toFixed(2), y: top,
        width: ((index - begin) * cell + 0.3).toFixed(2), height: height - 1,
      }));
      begin = index;
    }
  }

  point(event) {
    if (!this.plot) return;
    const share = (event.clientX - this.place.getBoundingClientRect().left - this.plot.left) / this.plot.width;
    const index = Math.floor(share * this.data.times.length);
    this.move(index < 0 || index > this.last ? null : index);
  }

  key(event) {
    if (!this.plot || !this.data.times.length) return;
    const here = this.position ?? this.last + (event.key === "ArrowRight" ? -1 : 1);
    const goals = { ArrowLeft: here - 1, ArrowRight: here + 1, PageUp: here - 10, PageDown: here + 10, Home: 0, End: this.last };
    if (event.key === "Escape") this.move(null);
    if (!(event.key in goals)) return;
    event.preventDefault();
    this.move(Math.max(0, Math.min(this.last, goals[event.key])));
  }

  move(index) {
    this.position = index;
    if (!this.plot || !this.cursor || !this.data.times.length) return;
    const shown = index ?? this.last;
    this.cursor.setAttribute("visibility", index === null ? "hidden" : "visible");
    this.cursor.setAttribute("x1", this.x(shown));
    this.cursor.setAttribute("x2", this.x(shown));
    const text = this.describe(shown);
    say(this.readout, index === null ? `Now: ${text}` : `${clock(this.data.times[shown], true)}: ${text}`);
    this.place.setAttribute("aria-valuenow", String(shown));
    this.place.setAttribute("aria-valuetext", `${clock(this.data.times[shown], true)}, ${text}`);
  }

  describe(index) {
    const { partitions } = this.data;
    const total = this.totals[index];
    if (!total) return "nothing waits";
    const worst = partitions.reduce((best, each) => (each.history[index] > (best?.history[index] ?? 0) ? each : best), null);
    const place = worst ? `, most in ${worst.topic}[${worst.partition}] with ${count(worst.history[index])}` : "";
    return `${count(total)} ${total === 1 ? "job" : "jobs"}${place}`;
  }
}

// A line without axes, for a figure.
export function sparkline(svg, values) {
  const most = Math.max(...values, Number.MIN_VALUE);
  const points = values.map((value, index) =>
    `${((index / Math.max(1, values.length - 1)) * 100).toFixed(2)},${(19 - (value / most) * 18).toFixed(2)}`);
  list(svg, [{ d: points.length > 1 ? `M${points.join("L")}` : "" }], () => "path", () => draw("path"),
    (element, { d }) => element.setAttribute("d", d));
}
