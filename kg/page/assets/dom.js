// Elements without markup: text only ever becomes text.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties (class, on…, aria-…) and children: elements, strings, or nothing. */
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(target, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) target.addEventListener(name.slice(2), value);
    else target.setAttribute(name, value === true ? "" : value);
  }
  target.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return target;
}

function button(label, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, label);
}

/** A link that leaves the page: the build lets only http and https through, and so does this. */
function outward(url, label) {
  if (!isWebAddress(url)) return element("span", {}, label);
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

function isWebAddress(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** Corner points of the shapes, for a shape of radius 1 around the origin; a dot has none. */
const CORNERS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  triangle: [[0, -1.05], [1.05, 0.8], [-1.05, 0.8]],
  triangleDown: [[0, 1.05], [-1.05, -0.8], [1.05, -0.8]],
  hexagon: Array.from({ length: 6 }, (_, i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
  star: Array.from({ length: 10 }, (_, i) => {
    const reach = i % 2 ? 0.5 : 1.2;
    return [reach * Math.sin((i * Math.PI) / 5), -reach * Math.cos((i * Math.PI) / 5)];
  }),
};

/** The mark of a class as an SVG element around (x, y). */
function mark(look, x, y, radius) {
  const style = { fill: look.colour, stroke: rim(look.colour), "stroke-width": Math.max(1, radius / 9) };
  const corners = CORNERS[look.shape];
  if (!corners) return svg("circle", { cx: x, cy: y, r: radius, ...style });
  const points = corners.map(([dx, dy]) => `${(x + dx * radius).toFixed(1)},${(y + dy * radius).toFixed(1)}`);
  return svg("polygon", { points: points.join(" "), "stroke-linejoin": "round", ...style });
}

/** The mark of a class as a small picture. */
function swatch(look) {
  return svg("svg", { class: "swatch", viewBox: "-9 -9 18 18", "aria-hidden": "true" }, mark(look, 0, 0, 6.5));
}

/** The rim of a mark: darker than its fill on a light page, lighter on a dark one, for contrast with both. */
function rim(colour) {
  const towards = isDark() ? 255 : 0;
  const share = isDark() ? 0.45 : 0.38;
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const mixed = parts.map((part) => Math.round(part + (towards - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => darkness.matches;

const byId = (id) => document.getElementById(id);

/** Tells screen readers, in words, what has changed. */
function announce(text) {
  byId("status").textContent = text;
}
