// What is shown: the facts that pass all filters, the entities they leave, and the part around a focus or along a path.

/** One test for each filter, so that counts can leave one of them out. */
const FILTERS = {
  property: (fact) => !state.property.has(fact.p),
  modality: (fact) => !state.modality.has(fact.m),
  confidence: (fact) => fact.c >= state.confidence,
  article: (fact) => !state.article.size || fact.q.some((quote) => !state.article.has(quote.a)),
  date: (fact) => (!state.from && !state.to) || fact.q.some((quote) => inRange(articles[quote.a].date)),
  class: (fact) => !hiddenNode(fact.s) && (!isEdge(fact) || !hiddenNode(fact.o)),
};

const hiddenNode = (id) => state.class.has(nodes[id].class);

function inRange(date) {
  return date !== null && (!state.from || date >= state.from) && (!state.to || date <= state.to);
}

/** Whether a fact passes all filters, except one when counting for it. */
function passes(fact, except = null) {
  for (const name in FILTERS) if (name !== except && !FILTERS[name](fact)) return false;
  return true;
}

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
    if (name === "article") for (const number of new Set(fact.q.map((quote) => quote.a))) counts[number] += 1;
    else counts[name === "property" ? fact.p : fact.m] += 1;
  }
  return counts;
}
