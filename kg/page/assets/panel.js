// The panel: what is known of an entity or a fact, always down to the quoted sentence.

const TOP_ENTITIES = 12;

function renderPanel() {
  const panel = byId("panel");
  const content = state.fact ? factView(factOf(state.fact)) : state.node ? nodeView(nodeByKey.get(state.node)) : overview();
  panel.replaceChildren(...content.filter(Boolean));
  panel.scrollTop = 0;
  byId("rooms").classList.toggle("choosing", Boolean(state.fact || state.node));
}

/** A part of the panel with a heading. */
function section(title, ...children) {
  return children.flat().filter(Boolean).length ? element("section", { class: "block" }, element("h3", {}, title), ...children) : null;
}

const closer = () => button("×", () => go({ node: null, fact: null }), { class: "round close", "aria-label": "Close details" });

function entityButton(node, attributes = {}) {
  return button("", () => go({ node: node.key, fact: null }), { class: "entity", ...attributes });
}

function entityLink(id) {
  const node = nodes[id];
  const link = entityButton(node);
  link.append(swatch(classes[node.class]), element("span", {}, node.label));
  return link;
}

// Overview

function overview() {
  const { length } = facts;
  return [
    element("h2", {}, "Overview"),
    element(
      "p",
      { class: "lead" },
      nodes.length
        ? `${counted(nodes.length, "entity", "entities")} and ${counted(length, "fact")} from ${counted(articles.length, "article")}. Choose an entity or a line to see the sentences behind it.`
        : "This graph holds no entities yet: add articles and build again.",
    ),
    section("Most linked", entityList(byImportance.slice(0, TOP_ENTITIES))),
    section("Articles", articleList(articles)),
    nodes.length ? element("p", { class: "faint" }, "The size of a mark is the number of entities it is linked with. Dashed lines are plans, dotted ones are over.") : null,
  ];
}

function entityList(list) {
  if (!list.length) return null;
  const rows = list.map((node) => element("li", {}, entityLink(node.id), element("span", { class: "faint tally" }, String(node.degree))));
  return element("ul", { class: "rows" }, rows);
}

function articleList(list) {
  if (!list.length) return null;
  return longList([...list].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "") || a.number - b.number), articleRow);
}

function articleRow(article) {
  return element(
    "li",
    { class: "article-row" },
    button(article.title || article.id, () => go({ read: article.id }), { class: "plain" }),
    element("span", { class: "faint" }, [article.date, article.publisher, counted(factsByArticle[article.number].length, "fact")].filter(Boolean).join(" · ")),
  );
}

/** A list that shows its first rows, and makes the rest when asked. */
function longList(items, row, first = 12) {
  const list = element("ul", { class: "rows" }, items.slice(0, first).map(row));
  if (items.length <= first) return list;
  const more = button(`Show all ${digits(items.length)}`, () => (list.append(...items.slice(first).map(row)), more.remove()), { class: "plain more" });
  return element("div", {}, list, more);
}

// An entity

function nodeView(node) {
  const look = classes[node.class];
  const shown = node.facts.filter((fact) => passes(fact));
  const hidden = node.facts.length - shown.length;
  return [
    element("div", { class: "panel-head" }, element("p", { class: "kind" }, swatch(look), look.label), closer()),
    element("h2", {}, node.label),
    node.aliases.length ? element("p", { class: "aliases" }, "also ", ...joined(node.aliases)) : null,
    nodeTools(node),
    section("Facts", factGroups(node, shown)),
    hidden ? element("p", { class: "faint" }, `${counted(hidden, "more fact")} hidden by filters.`) : null,
    section("Articles", articleList(node.articles.map((number) => articles[number]))),
    section("Elsewhere", background(node)),
  ];
}

const joined = (names) => names.flatMap((name, place) => [place ? ", " : "", element("q", { class: "alias" }, name)]);

function nodeTools(node) {
  const focused = state.focus === node.key;
  const tools = element("div", { class: "tools" });
  if (!focused) tools.append(button("Focus", () => go({ focus: node.key, path: null }), { class: "tool" }));
  else tools.append(button("Whole graph", () => go({ focus: null }), { class: "tool" }));
  tools.append(pathFinder(node));
  return tools;
}

/** An input that leads to the shortest paths from here to another entity. */
function pathFinder(node) {
  const list = element("ul", { class: "suggestions", id: "path-suggestions", role: "listbox", "aria-label": "Names found", hidden: true });
  const input = element("input", {
    type: "search", class: "path-input", placeholder: "Path to …", role: "combobox", autocomplete: "off",
    "aria-label": `Shortest path from ${node.label} to`, "aria-expanded": "false", "aria-controls": "path-suggestions", "aria-autocomplete": "list",
  });
  suggesting(input, list, (other) => other.id !== node.id && go({ path: [node.key, other.key], focus: null }));
  return element("div", { class: "path-finder" }, input, list);
}

function background(node) {
  const links = (node.links ?? []).map((link) => element("li", {}, outward(link, link)));
  if (node.country !== undefined) links.unshift(element("li", {}, "Country: ", entityLink(node.country)));
  if (node.at) links.unshift(element("li", {}, `Coordinates: ${coordinates(node.at)}`));
  return links.length ? element("ul", { class: "rows links" }, links) : null;
}

const coordinates = ([latitude, longitude]) =>
  `${Math.abs(latitude).toFixed(2)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude).toFixed(2)}° ${longitude < 0 ? "W" : "E"}`;

/** Facts of an entity by property and direction, those about it first. */
function factGroups(node, shown) {
  const groups = new Map();
  for (const fact of shown) {
    const out = fact.s === node.id;
    const key = `${out || properties[fact.p].symmetric ? 0 : 1} ${properties[fact.p].label}`;
    if (!groups.has(key)) groups.set(key, { fact, out: out || properties[fact.p].symmetric, facts: [] });
    groups.get(key).facts.push(fact);
  }
  return [...groups.keys()].sort().map((key) => {
    const { fact, out, facts: members } = groups.get(key);
    const title = out ? properties[fact.p].label : `… ${properties[fact.p].label} ${node.label}`;
    members.sort((a, b) => a.m - b.m || b.c - a.c || a.id - b.id);
    return element("div", { class: "fact-group" }, element("h4", {}, title), longList(members, (member) => factRow(member, node), 8));
  });
}

function factRow(fact, node) {
  const row = button("", () => go({ fact: fact.key, node: null }), { class: "fact-row" });
  if (isEdge(fact)) {
    const other = nodes[otherEnd(fact, node.id)];
    row.append(swatch(classes[other.class]), element("span", { class: "fact-name" }, other.label));
  } else row.append(element("span", { class: "fact-name" }, fact.w));
  const roles = [...new Set(fact.q.map((quote) => quote.role).filter(Boolean))].join(", ");
  if (roles) row.append(element("span", { class: "faint" }, roles));
  if (fact.m) row.append(badge(fact.m));
  row.append(element("span", { class: "faint tally", title: counted(fact.count + fact.more, "quote") }, `${digits(fact.count + fact.more)} ❝`));
  return element("li", {}, row);
}

const badge = (modality) => element("span", { class: `badge badge-${MODALITIES[modality].name.toLowerCase()}` }, MODALITIES[modality].label);

// A fact

function factView(fact) {
  const property = properties[fact.p];
  return [
    element("div", { class: "panel-head" }, element("p", { class: "kind" }, "Fact"), closer()),
    element(
      "h2",
      { class: "sentence" },
      entityLink(fact.s),
      element("span", { class: "relation" }, property.label),
      isEdge(fact) ? entityLink(fact.o) : element("span", { class: "value" }, fact.w),
    ),
    property.comment ? element("p", { class: "faint" }, property.comment) : null,
    element("p", { class: "chips" }, badge(fact.m), element("span", { class: "chip" }, `confidence ${percent(fact.c)}`), element("span", { class: "chip" }, counted(fact.count + fact.more, "quote"))),
    section("Evidence", fact.q.map((quote) => quoteView(fact, quote)), fact.more ? element("p", { class: "faint" }, `and ${fact.more} more in the Turtle`) : null),
    section("Between the two", otherFacts(fact)),
  ];
}

const percent = (share) => `${Math.round(share * 100)} %`;

function otherFacts(fact) {
  if (!isEdge(fact)) return null;
  const others = nodes[fact.s].facts.filter((other) => other !== fact && isEdge(other) && otherEnd(other, fact.s) === fact.o);
  if (!others.length) return null;
  return element("ul", { class: "rows" }, others.map((other) => element("li", {}, button(factInWords(other), () => go({ fact: other.key, node: null }), { class: "plain" }))));
}

const factInWords = (fact) => `${nodes[fact.s].label} ${properties[fact.p].label} ${isEdge(fact) ? nodes[fact.o].label : fact.w}`;

function quoteView(fact, quote) {
  const article = articles[quote.a];
  const [start, end] = quote.at;
  const source = element(
    "footer",
    {},
    button(article.title || article.id, () => go({ read: article.id }), { class: "plain title" }),
    element("span", { class: "faint" }, [article.publisher, article.date].filter(Boolean).join(" · ")),
    article.url ? outward(article.url, "Source ↗") : null,
  );
  const notes = [quote.role && `as ${quote.role}`, quote.m !== fact.m && MODALITIES[quote.m].label, percent(quote.c), quote.by].filter(Boolean);
  return element("blockquote", {}, element("p", {}, ...marked(article.text, start, end, argumentsOf(quote))), source, element("p", { class: "faint small" }, notes.join(" · ")));
}

/** The arguments of a fact in its quote, as marks over the article's text. */
function argumentsOf(quote) {
  const [, , subjectStart, subjectEnd, objectStart, objectEnd] = quote.at;
  return [
    { start: subjectStart, end: subjectEnd, kind: "subject" },
    { start: objectStart, end: objectEnd, kind: "object" },
  ].filter((item) => item.start >= 0);
}

/** A stretch of text with marks in it: text nodes and mark elements, the first of marks that overlap. */
function marked(text, start, end, marks) {
  const pieces = [];
  let at = start;
  for (const item of [...marks].sort((a, b) => a.start - b.start)) {
    if (item.start < at || item.end > end) continue;
    pieces.push(text.slice(at, item.start), element("mark", { class: item.kind }, element("span", { class: "unseen" }, `[${item.kind}: `), text.slice(item.start, item.end), element("span", { class: "unseen" }, "]")));
    at = item.end;
  }
  pieces.push(text.slice(at, end));
  return pieces.filter(Boolean);
}
