// Numbers and times as people read them.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const dash = "–";

export const count = (number) => whole.format(number);

// Up to 99,999 in full, then as 123K.
export const compact = (number) => (Math.abs(number) < 100_000 ? whole : short).format(number);

// Three digits that count.
export function figure(number) {
  if (number === undefined || number === null || !Number.isFinite(number)) return dash;
  if (Math.abs(number) >= 100) return compact(number);
  return number === 0 ? "0" : String(Number(number.toPrecision(Math.abs(number) < 0.1 ? 2 : 3)));
}

// Seconds as 45 s, 3 min, 2 h 10 min, 4 d 3 h.
export function duration(seconds) {
  if (seconds === undefined || seconds === null || !Number.isFinite(seconds)) return dash;
  if (seconds < 10) return `${seconds < 0.05 ? 0 : Number(seconds.toFixed(1))} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 && hours < 10 ? `${hours} h ${minutes % 60} min` : `${Math.round(minutes / 60)} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 && days < 10 ? `${days} d ${hours % 24} h` : `${count(days)} d`;
}

export function ago(milliseconds, now) {
  const seconds = Math.max(0, (now - milliseconds) / 1000);
  return seconds < 2 ? "now" : `${duration(Math.floor(seconds))} ago`;
}

const two = (number) => String(number).padStart(2, "0");

export function clock(milliseconds, withSeconds = false) {
  const date = new Date(milliseconds);
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return withSeconds ? `${minutes}:${two(date.getSeconds())}` : minutes;
}

export const plural = (number, one, many = `${one}s`) => `${compact(number)} ${number === 1 ? one : many}`;

// AUDIO_NOT_FOUND as "Audio not found".
export function words(name) {
  const text = name.toLowerCase().replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function bytes(number) {
  const units = ["bytes", "kB", "MB", "GB"];
  let unit = 0;
  while (number >= 1000 && unit < units.length - 1) {
    number /= 1000;
    unit += 1;
  }
  return `${Number(number.toFixed(number < 10 && unit > 0 ? 1 : 0))} ${units[unit]}`;
}
