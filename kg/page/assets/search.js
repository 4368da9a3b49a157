// Search with suggestions over names and aliases: a combobox after the ARIA pattern.

const MOST_SUGGESTIONS = 9;

/** Case, accents and punctuation do not matter. */
const folded = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** All names, the important first; made with the first search, for it takes a moment where there are many. */
let names = null;
const searchIndex = () => (names ??= byImportance.flatMap((node) =>
  [node.label, ...node.aliases].map((name, place) => ({ node, name, text: ` ${folded(name)}`, alias: place > 0 })),
));

/** Entities whose name holds the query: exact names first, then beginnings, then words, then anything; by importance. */
function found(query) {
  const wanted = folded(query);
  if (!wanted) return [];
  const ranks = new Map();
  for (const entry of searchIndex()) {
    const at = entry.text.indexOf(` ${wanted}`);
    const rank = at === 0 ? (entry.text.length === wanted.length + 1 ? 0 : 1) : at > 0 ? 2 : entry.text.includes(wanted) ? 3 : null;
    if (rank === null) continue;
    const known = ranks.get(entry.node.id);
    if (!known || rank < known.rank) ranks.set(entry.node.id, { ...entry, rank });
  }
  return [...ranks.values()].sort((a, b) => a.rank - b.rank || b.node.degree - a.node.degree || a.node.id - b.node.id);
}

/** Makes an input suggest entities; `choose` gets the one taken. */
function suggesting(input, list, choose) {
  let offered = [];
  let active = -1;

  const close = () => {
    offered = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const take = (entry) => {
    input.value = "";
    close();
    choose(entry.node);
  };

  const activate = (place) => {
    active = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === active));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  };

  const offer = () => {
    const all = found(input.value);
    offered = all.slice(0, MOST_SUGGESTIONS);
    list.replaceChildren(...offered.map((entry, place) => suggestion(entry, place, list.id, () => take(entry))));
    if (input.value.trim() && !offered.length) list.append(element("li", { class: "suggestions-none", role: "presentation" }, "No such name"));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(offered.length ? 0 : -1);
    if (input.value.trim()) announce(`${counted(all.length, "name")} found`);
  };

  input.addEventListener("input", offer);
  input.addEventListener("focus", () => input.value && offer());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) return;
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowDown" && offered.length) activate((active + 1) % offered.length);
    else if (event.key === "ArrowUp" && offered.length) activate((active + offered.length - 1) % offered.length);
    else if (event.key === "Enter" && offered[active]) take(offered[active]);
    else return;
    event.preventDefault();
  });
}

function suggestion({ node, name, alias }, place, prefix, take) {
  const look = classes[node.class];
  return element(
    "li",
    { role: "option", id: `${prefix}-${place}`, class: "suggestion", onmousedown: (event) => (event.preventDefault(), take()) },
    swatch(look),
    element("span", { class: "suggestion-name" }, name, alias && element("span", { class: "faint" }, ` → ${node.label}`)),
    element("span", { class: "faint" }, look.label),
  );
}
