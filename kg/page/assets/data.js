// The data of the page: records by number, each node with its facts, and names that an address can hold.

const data = JSON.parse(document.getElementById("data").textContent);
const { classes, properties, articles, nodes, facts } = data;

/** How a text commits itself to a fact; facts know them by place. */
const MODALITIES = [
  { name: "Asserted", label: "stated" },
  { name: "Planned", label: "planned" },
  { name: "Former", label: "over" },
];

const nodeByKey = new Map();
const factByKey = new Map();
const articleById = new Map();

nodes.forEach((node, id) => {
  node.id = id;
  node.facts = [];
  nodeByKey.set(node.key, node);
});

articles.forEach((article, number) => {
  article.number = number;
  article.facts = [];
  articleById.set(article.id, article);
});

facts.forEach((fact, id) => {
  fact.id = id;
  for (const quote of fact.q) (quote.m ??= fact.m), (quote.c ??= fact.c);
  const object = fact.o === undefined ? fact.w : nodes[fact.o].key;
  fact.key = [nodes[fact.s].key, properties[fact.p].name, object].join("~");
  factByKey.set(fact.key, fact);
  nodes[fact.s].facts.push(fact);
  if (fact.o !== undefined && fact.o !== fact.s) nodes[fact.o].facts.push(fact);
  for (const number of new Set(fact.q.map((quote) => quote.a))) articles[number].facts.push(fact);
});

/** Labels of classes come from ontologies in any case; where they head something they start with a capital. */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
for (const item of classes) item.label = capital(item.label);

/** Whether a fact links two entities, and so is drawn as an edge. */
const isEdge = (fact) => fact.o !== undefined;

/** The other end of an edge. */
const otherEnd = (fact, id) => (fact.s === id ? fact.o : fact.s);

/** Nodes by importance, the most linked first. */
const byImportance = [...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);

const numberFormat = new Intl.NumberFormat("en");
const digits = (count) => numberFormat.format(count);

byImportance.forEach((node, rank) => (node.rank = rank));

/** A number with its noun: 1 fact, 2 facts. */
const counted = (count, one, many = `${one}s`) => `${digits(count)} ${count === 1 ? one : many}`;
