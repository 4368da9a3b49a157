// The query page: editor, saved questions, answers as a table. Everything that comes from the graph is set as text.
"use strict";

const values = JSON.parse(document.getElementById("values").textContent);
const given = JSON.parse(document.getElementById("given").textContent);
const MOST_ROWS = 1000; // shown at once; downloads have all
const START = `# What is linked to what? Ctrl-Space completes names.
SELECT ?subject ?property ?object
WHERE {
  ?s ?p ?o ; rdfs:label ?subject .
  ?p a owl:ObjectProperty ; rdfs:label ?property .
  ?o rdfs:label ?object .
}
ORDER BY ?subject ?property ?object
LIMIT 100
`;

const byId = (id) => document.getElementById(id);
const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

let prefixes = [];
let editor;
let running = null;

/** An IRI as people read it, with its prefix where it has one. */
function short(iri) {
  let best = null;
  for (const [name, space] of prefixes) {
    if (iri.startsWith(space) && (!best || space.length > best[1].length)) best = [name, space];
  }
  return best ? `${best[0]}${iri.slice(best[1].length)}` : iri;
}

function link(iri) {
  if (!/^https?:/.test(iri)) return element("span", iri);
  const own = values.path !== null && iri.startsWith(values.base);
  const href = own && !iri.includes("#") ? values.path + iri.slice(values.base.length) : `/describe?iri=${encodeURIComponent(iri)}`;
  return element("a", short(iri), { href, title: iri });
}

function cell(term) {
  const made = element("td");
  if (!term) return made;
  if (term.type === "uri") made.append(link(term.value));
  else made.textContent = term.value;
  if (/#(integer|decimal|double)$/.test(term.datatype || "")) made.className = "number";
  if (term["xml:lang"]) made.lang = term["xml:lang"];
  return made;
}

function showTable(document_) {
  const { vars } = document_.head;
  const { bindings } = document_.results;
  const table = element("table");
  const head = element("tr");
  for (const name of vars) head.append(element("th", name, { scope: "col" }));
  table.append(element("thead"));
  table.tHead.append(head);
  const body = element("tbody");
  for (const row of bindings.slice(0, MOST_ROWS)) {
    const line = element("tr");
    for (const name of vars) line.append(cell(row[name]));
    body.append(line);
  }
  for (const place of vars.keys()) {
    // A column of numbers has its name above them.
    if (body.rows.length && body.rows[0].cells[place].className === "number") head.cells[place].className = "number";
  }
  table.append(body);
  byId("answer").replaceChildren(table);
  const more = bindings.length > MOST_ROWS ? `, the first ${MOST_ROWS.toLocaleString("en")} shown` : "";
  return `${bindings.length.toLocaleString("en")} row${bindings.length === 1 ? "" : "s"}${more}`;
}

function showProblem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
  const line = /^line (\d+)/.exec(text || "");
  editor.error(line ? Number(line[1]) : null);
}

/** The question that is chosen, as long as its text has not been changed. */
function chosen() {
  const question = values.questions.find((each) => each.name === byId("saved").value);
  return question && editor.get() === question.query ? question : null;
}

function request(format) {
  const question = chosen();
  const fields = new URLSearchParams();
  if (question) {
    for (const input of byId("parameters").querySelectorAll("input")) if (input.value) fields.set(input.name, input.value);
  } else {
    fields.set("query", editor.get());
  }
  if (format) fields.set("format", format);
  return { address: question ? `/ask/${encodeURIComponent(question.name)}` : "/sparql", fields };
}

async function run() {
  if (running) running.abort();
  const mine = (running = new AbortController());
  showProblem("");
  byId("status").textContent = "asking …";
  byId("answer").replaceChildren();
  byId("downloads").hidden = true;
  const { address, fields } = request();
  const start = performance.now();
  try {
    const response = await fetch(address, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/sparql-results+json, text/turtle" },
      signal: mine.signal,
    });
    const text = await response.text();
    if (mine !== running) return;
    if (!response.ok) throw new Error(text.trim());
    let what;
    if ((response.headers.get("Content-Type") || "").includes("json")) {
      const answer = JSON.parse(text);
      if ("boolean" in answer) {
        byId("answer").replaceChildren(element("p", answer.boolean ? "yes" : "no", { class: "verdict" }));
        what = "";
      } else what = showTable(answer);
    } else {
      byId("answer").replaceChildren(element("pre", text));
      what = "Turtle";
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    byId("status").textContent = `${what}${what ? ", " : ""}${seconds} s`;
    offerDownloads((response.headers.get("Content-Type") || "").includes("json"));
  } catch (error) {
    if (error.name === "AbortError") return;
    byId("status").textContent = "";
    showProblem(error.message || "the server does not answer");
  }
}

function offerDownloads(isTable) {
  for (const format of ["csv", "json", "tsv", "ttl"]) {
    const { address, fields } = request(format);
    byId(`as-${format}`).href = `${address}?${fields}`;
    byId(`as-${format}`).hidden = (format === "ttl") === isTable;
  }
  byId("downloads").hidden = false;
}

function choose(name) {
  const question = values.questions.find((each) => each.name === name);
  byId("parameters").replaceChildren();
  if (!question) return;
  editor.set(question.query);
  for (const parameter of question.parameters) {
    const label = element("label", `${parameter.name} `, { title: parameter.words });
    const input = element("input", undefined, { name: parameter.name, placeholder: parameter.words });
    input.value = parameter.default || "";
    input.required = !parameter.optional && parameter.default === null;
    input.addEventListener("keydown", (event) => event.key === "Enter" && run());
    label.append(input);
    byId("parameters").append(label);
  }
  if (question.parameters.every((parameter) => parameter.optional || parameter.default !== null)) run();
  else byId("parameters").querySelector("input").focus();
}

async function start() {
  let terms = [];
  try {
    terms = await (await fetch("/completions.json")).json();
  } catch {
    terms = []; // the editor works without
  }
  prefixes = terms.filter(([, , kind]) => kind === "namespace").map(([name, space]) => [name, space]);
  editor = kgEditor.create(byId("editor"), given || START, terms, run);
  for (const question of values.questions) byId("saved").append(element("option", question.words, { value: question.name }));
  byId("saved").addEventListener("change", (event) => {
    history.replaceState(null, "", event.target.value ? `#${encodeURIComponent(event.target.value)}` : location.pathname);
    choose(event.target.value);
  });
  byId("run").addEventListener("click", run);
  const named = decodeURIComponent(location.hash.slice(1));
  if (named) {
    byId("saved").value = named;
    choose(named);
  } else if (given) run();
  document.body.dataset.ready = "yes";
}

start();
