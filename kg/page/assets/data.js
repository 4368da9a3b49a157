// The data of the page: columns made into records, each node with its facts, and names that an address can hold.

const data = JSON.parse(document.getElementById("data").textContent);
const { classes, properties, articles } = data;

/** How a text commits itself to a fact; facts know them by place. */
const MODALITIES = [
  { name: "Asserted", label: "stated" },
  { name: "Planned", label: "planned" },
  { name: "Former", label: "over" },
];

const NONE = Object.freeze([]);
const columns = data.nodes;

const nodes = columns.key.map((key, id) => ({
  id,
  key,
  label: columns.label[id],
  class: columns.class[id],
  degree: columns.degree[id],
  group: columns.group[id],
  x: columns.x[id],
  y: columns.y[id],
  size: columns.size[id],
  articles: columns.articles[id],
  aliases: columns.aliases[id] ?? NONE,
  links: columns.links[id],
  at: columns.at[id],
  country: columns.country[id],
  facts: [],
}));

const nodeByKey = new Map(nodes.map((node) => [node.key, node]));
const articleById = new Map(articles.map((article, number) => [article.id, Object.assign(article, { number })]));

/** A fact: subject, property, object or value, modality, confidence; its quotes are made when asked for. */
class Fact {
  constructor(id, first) {
    const { s, p, o, m, c, n, v, w, more } = data.facts;
    this.id = id;
    this.s = s[id];
    this.p = p[id];
    this.o = o[id] < 0 ? undefined : o[id];
    this.m = m[id];
    this.c = c[id] / 100;
    this.first = first;
    this.count = n[id];
    if (o[id] < 0) [this.v, this.w] = [v[id], w[id]];
    this.more = more[id] ?? 0;
  }

  get key() {
    return [nodes[this.s].key, properties[this.p].name, this.o === undefined ? this.w : nodes[this.o].key].join("~");
  }

  /** Numbers of the articles that state it, each once. */
  get articles() {
    const { a } = data.quotes;
    if (this.count === 1) return [a[this.first]];
    return [...new Set(a.slice(this.first, this.first + this.count))];
  }

  get q() {
    this.made ??= Array.from({ length: this.count }, (_, place) => quoteAt(this, this.first + place));
    return this.made;
  }
}

/** A quote: article, and start and end of the quote, of the subject and of the object in its text (-1 where elsewhere). */
function quoteAt(fact, number) {
  const { a, at, by, m, c, role } = data.quotes;
  const [start, length, ...ends] = at.slice(6 * number, 6 * number + 6);
  const inner = (place) => (ends[place + 1] ? [start + ends[place], start + ends[place] + ends[place + 1]] : [-1, -1]);
  return {
    a: a[number],
    at: [start, start + length, ...inner(0), ...inner(2)],
    by: data.extractors[by[number]],
    m: m[number] ?? fact.m,
    c: c[number] === undefined ? fact.c : c[number] / 100,
    role: role[number],
  };
}

let firstQuote = 0;
const facts = data.facts.s.map((subject, id) => {
  const fact = new Fact(id, firstQuote);
  firstQuote += fact.count;
  nodes[subject].facts.push(fact);
  if (fact.o !== undefined && fact.o !== subject) nodes[fact.o].facts.push(fact);
  return fact;
});

/** The fact with this key, or undefined. */
function factOf(key) {
  const subject = nodeByKey.get((key ?? "").split("~")[0]);
  return subject?.facts.find((fact) => fact.key === key);
}

/** The facts that each article states. */
const factsByArticle = articles.map(() => []);
for (const fact of facts)
  for (let at = fact.first; at < fact.first + fact.count; at += 1) {
    const told = factsByArticle[data.quotes.a[at]];
    if (told[told.length - 1] !== fact) told.push(fact);
  }

/** The entities that a fact speaks of. */
const endsOf = (fact) => (fact ? [fact.s, fact.o].filter((id) => id !== undefined) : []);

/** Labels of classes come from ontologies in any case; where they head something they start with a capital. */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
for (const item of classes) item.label = capital(item.label);

/** Whether a fact links two entities, and so is drawn as a line. */
const isEdge = (fact) => fact.o !== undefined;

/** The other end of an edge. */
const otherEnd = (fact, id) => (fact.s === id ? fact.o : fact.s);

/** Nodes by importance, the most linked first. */
const byImportance = [...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);
byImportance.forEach((node, rank) => (node.rank = rank));

const numberFormat = new Intl.NumberFormat("en");
const digits = (count) => numberFormat.format(count);

/** A number with its noun: 1 fact, 2 facts. */
const counted = (count, one, many = `${one}s`) => `${digits(count)} ${count === 1 ? one : many}`;
