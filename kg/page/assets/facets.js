// Legend and filters: each value with its mark, what it would show, and a tick to hide it.

const FACET_TITLES = { class: "Entities", property: "Facts", modality: "Said to be", article: "Articles" };
const FIRST_VALUES = 12;
const expanded = new Set();

function renderFacets() {
  const focused = document.activeElement?.dataset?.facet;
  const blocks = [facet("class", (place) => swatch(classes[place])), aloneFilter(), facet("property"), facet("modality", (place) => lineSample(place)), confidenceFilter(), dateFilter(), facet("article")];
  const clear = anyFilter() ? button("Clear all filters", clearFilters, { class: "tool wide" }) : null;
  byId("facets").replaceChildren(...[clear, ...blocks].filter(Boolean));
  if (focused) byId("facets").querySelector(`[data-facet="${CSS.escape(focused)}"]`)?.focus();
}

const anyFilter = () => FACETS.some((name) => state[name].size) || state.confidence || state.from || state.to || state.alone;

function clearFilters() {
  go({ ...Object.fromEntries(FACETS.map((name) => [name, new Set()])), confidence: 0, from: null, to: null, alone: false });
}

const labelOf = (name, place) =>
  ({ class: () => classes[place].label, property: () => properties[place].label, modality: () => MODALITIES[place].label, article: () => articles[place].title || articles[place].id })[name]();

function facet(name, picture = () => null) {
  const counts = facetCounts(name);
  const values = counts.map((_, place) => place);
  if (values.length < 2) return null;
  if (name !== "modality") values.sort((a, b) => counts[b] - counts[a] || a - b);
  const rows = (expanded.has(name) ? values : values.slice(0, FIRST_VALUES)).map((place) => facetRow(name, place, counts[place], picture(place)));
  const more = values.length > FIRST_VALUES && button(expanded.has(name) ? "Fewer" : `All ${values.length}`, () => (expanded.has(name) ? expanded.delete(name) : expanded.add(name), renderFacets()), { class: "plain more", "data-facet": `${name} more` });
  const all = state[name].size ? button("all", () => go({ [name]: new Set() }), { class: "plain", "aria-label": `Show all: ${FACET_TITLES[name]}` }) : null;
  return element("fieldset", { class: "facet" }, element("legend", {}, FACET_TITLES[name]), all && element("div", { class: "facet-all" }, all), ...rows, more);
}

function facetRow(name, place, count, picture) {
  const hidden = state[name];
  const label = labelOf(name, place);
  const toggle = () => {
    const next = new Set(hidden);
    if (!next.delete(place)) next.add(place);
    go({ [name]: next });
  };
  const only = () => go({ [name]: new Set(FACET_NAMES[name].map((_, other) => other).filter((other) => other !== place)) });
  const box = element("input", { type: "checkbox", onchange: toggle, "data-facet": `${name} ${place}` });
  box.checked = !hidden.has(place);
  return element(
    "div",
    { class: count ? "facet-row" : "facet-row none" },
    element("label", { title: label }, box, picture, element("span", { class: "facet-label" }, label)),
    button("only", only, { class: "only", "aria-label": `Only ${label}` }),
    element("span", { class: "faint tally" }, digits(count)),
  );
}

/** Entities that are named but linked with nothing: they fill a view and say little, so they come on demand. */
function aloneFilter() {
  const count = nodes.length - linked;
  if (!count || !linked) return null;
  const box = element("input", { type: "checkbox", onchange: () => go({ alone: !state.alone }), "data-facet": "alone" });
  box.checked = state.alone;
  return element("div", { class: "facet-row alone" }, element("label", {}, box, element("span", { class: "facet-label" }, "without links")), element("span", { class: "faint tally" }, digits(count)));
}

/** The line that facts of a modality are drawn with. */
function lineSample(modality) {
  const dash = [null, "5 3.5", "1.5 3"][modality];
  return svg("svg", { class: "swatch", viewBox: "0 0 18 18", "aria-hidden": "true" }, svg("line", { x1: 0, x2: 18, y1: 9, y2: 9, stroke: "currentColor", "stroke-width": 2, "stroke-dasharray": dash }));
}

function confidenceFilter() {
  if (!facts.length) return null;
  const lowest = Math.floor(Math.min(...facts.map((fact) => fact.c)) * 20) / 20;
  if (lowest >= 0.95) return null;
  const counts = facts.filter((fact) => passes(fact, "confidence") && fact.c >= state.confidence).length;
  const output = element("output", { class: "faint tally" }, digits(counts));
  const input = element("input", {
    type: "range", min: lowest, max: 1, step: 0.05, value: Math.max(state.confidence, lowest), "aria-label": "Lowest confidence shown", "data-facet": "confidence",
    onchange: (event) => go({ confidence: Number(event.target.value) > lowest ? Number(event.target.value) : 0 }),
  });
  return element("fieldset", { class: "facet" }, element("legend", {}, "Confidence"), element("label", { class: "slider" }, element("span", {}, `at least ${percent(Math.max(state.confidence, lowest))}`), output, input));
}

function dateFilter() {
  const dates = articles.map((article) => article.date).filter(Boolean).sort();
  if (!dates.length || dates[0] === dates[dates.length - 1]) return null;
  const within = facts.filter((fact) => passes(fact)).length;
  const field = (name, label, fallback) =>
    element("label", {}, element("span", { class: "faint" }, label), element("input", {
      type: "date", value: state[name] ?? fallback, min: dates[0], max: dates[dates.length - 1], "data-facet": name,
      onchange: (event) => go({ [name]: event.target.value && event.target.value !== fallback ? event.target.value : null }),
    }));
  return element("fieldset", { class: "facet dates" }, element("legend", { class: "with-tally" }, "Dated", element("output", { class: "tally" }, digits(within))), field("from", "from", dates[0]), field("to", "to", dates[dates.length - 1]));
}
