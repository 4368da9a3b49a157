// The reading view: an article as it stands, its entities marked and linked, the chosen fact's sentences lit.

function renderReading() {
  const view = byId("reading");
  view.hidden = !state.read;
  byId("rooms").classList.toggle("reads", Boolean(state.read));
  if (!state.read) return view.replaceChildren();
  const article = articleById.get(state.read);
  const opened = view.dataset.article !== article.id;
  view.dataset.article = article.id;
  view.replaceChildren(...readingHead(article), ...paragraphs(article));
  const lit = view.querySelector(".lit");
  if (lit) lit.scrollIntoView({ block: "center" });
  else if (opened) view.scrollTop = 0;
}

function readingHead(article) {
  return [
    element("div", { class: "panel-head" }, element("p", { class: "kind" }, "Article"), button("×", () => go({ read: null }), { class: "round close", "aria-label": "Back to the graph" })),
    element("h2", {}, article.title || article.id),
    element("p", { class: "faint" }, [article.publisher, article.date, article.id].filter(Boolean).join(" · "), article.url ? [" · ", outward(article.url, "Source ↗")] : null),
    article.full ? null : element("p", { class: "faint" }, "Only the quoted passages are held in this page."),
  ].filter(Boolean);
}

/** The text by paragraphs; marks and lit sentences are ranges of the text. */
function paragraphs(article) {
  const lit = litRanges(article);
  const marks = namesIn(article);
  const found = [];
  const pattern = /[^\n]+/g;
  for (let match = pattern.exec(article.text); match; match = pattern.exec(article.text))
    found.push(element("p", {}, ...runs(article.text, match.index, match.index + match[0].length, lit, marks)));
  return found;
}

/** The names in an article: each starts so many characters after the one before it has ended. */
function namesIn({ marks }) {
  const found = [];
  let at = 0;
  for (let place = 0; place < marks.length; place += 3) {
    const start = at + marks[place];
    at = start + marks[place + 1];
    found.push({ start, end: at, id: marks[place + 2] });
  }
  return found;
}

function litRanges(article) {
  if (!state.fact) return [];
  return factOf(state.fact).q.filter((quote) => quote.a === article.number).map(({ at }) => ({ start: at[0], end: at[1] }));
}

/** Runs of plain, marked and lit text between two places. */
function runs(text, start, end, lit, marks) {
  const cuts = new Set([start, end]);
  for (const range of [...lit, ...marks]) for (const cut of [range.start, range.end]) if (cut > start && cut < end) cuts.add(cut);
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(1).map((stop, place) => {
    const from = ordered[place];
    const mark = marks.find((range) => range.start <= from && range.end >= stop);
    const isLit = lit.some((range) => range.start <= from && range.end >= stop);
    const piece = mark ? entityInText(mark.id, text.slice(from, stop)) : text.slice(from, stop);
    return isLit ? element("span", { class: "lit" }, piece) : piece;
  });
}

function entityInText(id, text) {
  const node = nodes[id];
  const link = entityButton(node, { class: state.node === node.key ? "named chosen" : "named", title: `${node.label} (${classes[node.class].label})` });
  link.append(swatch(classes[node.class]), text);
  return link;
}
