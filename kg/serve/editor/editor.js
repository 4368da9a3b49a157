// The editor of the query page: CodeMirror with SPARQL, completion from what the graph holds, and Ctrl-Enter to ask.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: tags.string, class: "tok-string" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: [tags.atom, tags.number], class: "tok-number" },
  { tag: [tags.variableName, tags.special(tags.variableName)], class: "tok-variable" },
  { tag: tags.meta, class: "tok-meta" },
]);

// The line of an error, until the text changes.
const setError = StateEffect.define();
const errorLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    if (transaction.docChanged) return Decoration.none;
    for (const effect of transaction.effects) {
      if (!effect.is(setError)) continue;
      if (effect.value === null) return Decoration.none;
      const { doc } = transaction.state;
      const line = doc.line(Math.min(Math.max(effect.value, 1), doc.lines));
      return Decoration.set([Decoration.line({ class: "error-line" }).range(line.from)]);
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const KEYWORDS = (
  "SELECT DISTINCT WHERE ASK CONSTRUCT DESCRIBE FILTER OPTIONAL UNION MINUS BIND VALUES EXISTS NOT GROUP BY HAVING ORDER " +
  "ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR REGEX STR LANG LCASE UCASE CONTAINS " +
  "STRSTARTS STRENDS REPLACE CONCAT COALESCE BOUND DATATYPE YEAR MONTH IF IN AS PREFIX"
).split(" ");

/** Completions: `terms` is a list of [prefixed name, what it is, kind]. */
function completions(terms) {
  const names = terms.map(([label, detail, type]) => ({ label, detail, type }));
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  return (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const seen = new Set(context.state.doc.toString().match(/[?$]\w+/g) || []);
      seen.delete(variable.text);
      return { from: variable.from, options: [...seen].sort().map((label) => ({ label, type: "variable" })) };
    }
    const word = context.matchBefore(/[\w-]+:[\w.-]*|\w+/);
    if (!word && !context.explicit) return null;
    const from = word ? word.from : context.pos;
    // A name is found by its label too: "found" offers kg:initiatedBy where that is called so.
    return { from, options: word && word.text.includes(":") ? names : [...names, ...keywords], validFor: /^[\w:.-]*$/ };
  };
}

/** An editor in `parent`; `run` is called on Ctrl-Enter. */
export function create(parent, text, terms, run) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        autocompletion({ override: [completions(terms)], icons: false }),
        errorLine,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "SPARQL query" }),
        EditorView.cspNonce.of(document.querySelector("meta[name=nonce]")?.content || ""),
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
      ],
    }),
  });
  return {
    get: () => view.state.doc.toString(),
    set: (value) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }),
    insert: (value) => view.dispatch(view.state.replaceSelection(value)),
    error: (line) => view.dispatch({ effects: setError.of(line) }),
    focus: () => view.focus(),
  };
}
