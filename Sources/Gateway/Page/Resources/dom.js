// Elements without markup: whatever comes from jobs is set as text, never parsed.

const SVG = "http://www.w3.org/2000/svg";

export const find = (id) => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((each) => each !== undefined && each !== null));
  return element;
}

export const make = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const draw = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// Sets text only where it differs, so that what somebody has selected stays so.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const rows = new WeakMap();

// Keeps a list's elements for the items that stay, by key: focus and selection live through a refresh.
export function list(parent, items, key, create, update) {
  if (!rows.has(parent)) rows.set(parent, new Map());
  const known = rows.get(parent);
  const wanted = new Set(items.map(key));
  for (const [name, element] of known) {
    if (wanted.has(name)) continue;
    element.remove();
    known.delete(name);
  }
  items.forEach((item, position) => {
    const name = key(item);
    let element = known.get(name);
    if (!element) {
      element = create(item);
      known.set(name, element);
    }
    if (parent.children[position] !== element) parent.insertBefore(element, parent.children[position] ?? null);
    update(element, item);
  });
}

// A bar of parts, each with a class and a share between 0 and 1.
export function fillBar(bar, parts) {
  list(bar, parts, (part) => part.name, (part) => make("span", { class: part.name }), (element, part) => {
    element.style.width = `${Math.max(0, Math.min(1, part.share)) * 100}%`;
  });
}
