// What is shown: the facts that pass all filters, the entities they leave, and the part around a focus or along a path.

/** One test for each filter, so that counts can leave one of them out. */
const FILTERS = {
  property: { on: () => state.property.size, test: (fact) => !state.property.has(fact.p) },
  modality: { on: () => state.modality.size, test: (fact) => !state.modality.has(fact.m) },
  confidence: { on: () => state.confidence, test: (fact) => fact.c >= state.confidence },
  article: { on: () => state.article.size, test: (fact) => fact.articles.some((number) => !state.article.has(number)) },
  date: { on: () => state.from || state.to, test: (fact) => datesOf(fact).some(inRange) },
  class: { on: () => state.class.size, test: (fact) => !hiddenNode(fact.s) && (!isEdge(fact) || !hiddenNode(fact.o)) },
};

/** For the present state, which filters hold each fact back, as bits; null while no filter is on. */
const held = { of: null, bits: null };

function heldBack() {
  if (held.of === state) return held.bits;
  held.of = state;
  held.bits = null;
  Object.values(FILTERS).forEach(({ on, test }, place) => {
    if (!on()) return;
    held.bits ??= new Uint8Array(facts.length);
    for (const fact of facts) if (!test(fact)) held.bits[fact.id] |= 1 << place;
  });
  return held.bits;
}

const hiddenNode = (id) => state.class.has(nodes[id].class);

/** When a fact holds or was reported: the date that it states, else those on which its articles were published. */
function datesOf(fact) {
  return fact.v?.date ? [fact.v.date] : fact.articles.map((number) => articles[number].date);
}

/** Whether a date, as exact as it is given (a year, a month, a day), touches the range. */
function inRange(date) {
  return date !== null && (!state.from || date >= state.from.slice(0, date.length)) && (!state.to || date <= state.to.slice(0, date.length));
}

/** Whether a fact passes all filters, except one when counting for it. */
function passes(fact, except = null) {
  const bits = heldBack();
  if (!bits) return true;
  // For no exception the place is -1, and the bit one that no filter has.
  return (bits[fact.id] & ~(1 << FILTER_NAMES.indexOf(except))) === 0;
}

const FILTER_NAMES = Object.keys(FILTERS);

/** Whether any filter on facts is on: then entities without a passing fact are of no interest. */
const factsFiltered = () =>
  state.property.size || state.modality.size || state.article.size || state.confidence || state.from || state.to;

/** How many entities have links; where none has, all are shown. */
const linked = nodes.filter((node) => node.degree).length;

/** Entities and facts to draw, as sets of numbers. */
function selectShown() {
  const passing = facts.filter((fact) => passes(fact));
  const shown = new Set();
  if (factsFiltered()) {
    for (const fact of passing) shown.add(fact.s), isEdge(fact) && shown.add(fact.o);
  } else {
    for (const node of nodes) if (!hiddenNode(node.id) && (state.alone || node.degree || !linked)) shown.add(node.id);
  }
  if (state.node && !nodeByKey.get(state.node).degree) shown.add(nodeByKey.get(state.node).id);
  const edges = passing.filter(isEdge);
  if (state.path) return alongPath(edges, ...state.path.map((key) => nodeByKey.get(key).id));
  if (state.focus) return around(edges, shown, nodeByKey.get(state.focus).id, state.hops);
  return { nodes: shown, edges: between(edges, shown) };
}

function linksOf(edges) {
  const links = new Map();
  for (const fact of edges) {
    for (const end of [fact.s, fact.o]) {
      if (!links.has(end)) links.set(end, []);
      links.get(end).push(otherEnd(fact, end));
    }
  }
  return links;
}

/** Steps from one entity to all within reach. */
function distances(links, start, reach = Infinity) {
  const steps = new Map([[start, 0]]);
  const queue = [start];
  for (const id of queue) {
    if (steps.get(id) >= reach) continue;
    for (const next of links.get(id) ?? []) {
      if (steps.has(next)) continue;
      steps.set(next, steps.get(id) + 1);
      queue.push(next);
    }
  }
  return steps;
}

function around(edges, shown, centre, hops) {
  const steps = distances(linksOf(edges), centre, hops);
  const within = new Set([...steps.keys()].filter((id) => shown.has(id) || id === centre));
  return { nodes: within, edges: between(edges, within), steps, centre };
}

/** All shortest paths between two entities. */
function alongPath(edges, start, end) {
  const links = linksOf(edges);
  const fromStart = distances(links, start);
  const fromEnd = distances(links, end);
  const length = fromStart.get(end);
  const on = new Set([start, end]);
  for (const [id, steps] of fromStart) if (steps + (fromEnd.get(id) ?? Infinity) === length) on.add(id);
  const forward = edges.filter((fact) => on.has(fact.s) && on.has(fact.o) && fromStart.get(fact.s) !== fromStart.get(fact.o));
  return { nodes: on, edges: new Set(forward.map((fact) => fact.id)), steps: fromStart, length: length ?? null, centre: start };
}

function between(edges, within) {
  return new Set(edges.filter((fact) => within.has(fact.s) && within.has(fact.o)).map((fact) => fact.id));
}

/** How many facts (entities, for classes) each value of a facet would show, with the other filters as they are. */
function facetCounts(name) {
  const counts = FACET_NAMES[name].map(() => 0);
  if (name === "class") {
    const seen = new Set();
    for (const fact of facts) if (passes(fact, "class")) seen.add(fact.s), isEdge(fact) && seen.add(fact.o);
    for (const node of nodes) if (!factsFiltered() || seen.has(node.id)) counts[node.class] += 1;
    return counts;
  }
  for (const fact of facts) {
    if (!passes(fact, name)) continue;
    if (name === "article") for (const number of fact.articles) counts[number] += 1;
    else counts[name === "property" ? fact.p : fact.m] += 1;
  }
  return counts;
}
