// The timeline: how many facts each stretch of time has, and a range over it that filters.

const YEAR = 365.25;
const MOST_YEARS_BEFORE = 12;
const BAR_HEIGHT = 34;
const PLAY_PAUSE = 650;

/** Units of time by the longest span, in days, that they divide into a readable number of bars. */
const UNITS = [
  { longest: 75, next: (date) => date.setUTCDate(date.getUTCDate() + 1), first: () => {} },
  { longest: 5 * YEAR, next: (date) => date.setUTCMonth(date.getUTCMonth() + 1), first: (date) => date.setUTCDate(1) },
  { longest: 18 * YEAR, next: (date) => date.setUTCMonth(date.getUTCMonth() + 3), first: (date) => date.setUTCMonth(date.getUTCMonth() - (date.getUTCMonth() % 3), 1) },
  { longest: Infinity, next: (date) => date.setUTCFullYear(date.getUTCFullYear() + 1), first: (date) => date.setUTCMonth(0, 1) },
];

const dayAfter = (day, days) => isoOf(new Date(Date.parse(day) + days * 86400000));
const isoOf = (date) => date.toISOString().slice(0, 10);
const wholeDate = (date) => date + "-01-01".slice(3 * (date.split("-").length - 1));

/** Stretches of time from first to last: [{from, to}], ends included; what lies long before stands in the first. */
const stretches = (() => {
  const published = articles.map((article) => article.date).filter(Boolean).sort();
  const stated = facts.map((fact) => fact.v?.date).filter(Boolean).map(wholeDate).filter((day) => !Number.isNaN(Date.parse(day))).sort();
  const all = [...published, ...stated].sort();
  if (!all.length || all[0] === all[all.length - 1]) return [];
  const floor = published.length ? dayAfter(published[0], -MOST_YEARS_BEFORE * YEAR) : all[0];
  const ceiling = published.length ? dayAfter(published[published.length - 1], 3 * YEAR) : all[all.length - 1];
  const [start, end] = [all[0] < floor ? floor : all[0], all[all.length - 1] > ceiling ? ceiling : all[all.length - 1]];
  const unit = UNITS.find(({ longest }) => (Date.parse(end) - Date.parse(start)) / 86400000 <= longest);
  const found = [];
  const date = new Date(start);
  for (unit.first(date); isoOf(date) <= end; ) {
    const from = isoOf(date);
    unit.next(date);
    found.push({ from, to: dayAfter(isoOf(date), -1) });
  }
  return found;
})();

/** In which stretch a date lies; one before all counts for the first, one after all for the last. */
function stretchOf(date) {
  const day = wholeDate(date);
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stretches[middle].from <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

let stretchOfArticle = null;

/** Facts by stretch: those that state their date, and those dated by their articles. */
function countStretches() {
  stretchOfArticle ??= articles.map(({ date }) => (date ? stretchOf(date) : -1));
  const counts = stretches.map(() => ({ stated: 0, reported: 0 }));
  for (const fact of facts) {
    if (!passes(fact, "date")) continue;
    if (fact.v?.date) counts[stretchOf(fact.v.date)].stated += 1;
    else for (const place of new Set(fact.articles.map((number) => stretchOfArticle[number]))) if (place >= 0) counts[place].reported += 1;
  }
  return counts;
}

/** The stretches chosen, as [first, last]; all of them without a filter. */
function chosenStretches() {
  const last = stretches.length - 1;
  return [state.from ? stretchOf(state.from) : 0, state.to ? stretchOf(state.to) : last];
}

/** Goes to a range of stretches; one that covers all is no filter. */
function chooseStretches(one, other, options) {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  go({ from: first > 0 ? stretches[first].from : null, to: last < stretches.length - 1 ? stretches[last].to : null }, options);
}

function renderTimeline() {
  const strip = byId("timeline");
  strip.hidden = stretches.length < 2;
  if (strip.hidden) return;
  const focused = document.activeElement?.dataset?.end;
  const range = chosenStretches();
  const filtered = state.from || state.to;
  const play = button(playing ? "❚❚" : "▶", togglePlay, { class: "round small-round", "aria-label": playing ? "Stop" : "Play through time", "data-end": "play" });
  const all = filtered && !playing ? button("all", () => go({ from: null, to: null }), { class: "plain small", "aria-label": "All of the time" }) : null;
  strip.replaceChildren(play, element("div", { class: "time" }, bars(range), axis(), ...[0, 1].map((end) => handle(end, range))), element("span", { class: "time-range small faint" }, filtered ? rangeInWords(range) : "all the time", all));
  if (focused) strip.querySelector(`[data-end="${focused}"]`)?.focus();
}

const rangeInWords = ([first, last]) => `${monthOf(stretches[first].from)} – ${monthOf(stretches[last].to)}`;
const monthNames = new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" });
const monthOf = (day) => monthNames.format(new Date(day));

/** One bar for each stretch, the share with stated dates in the accent's colour; what is filtered out is pale. */
function bars(range) {
  const counts = countStretches();
  const most = Math.max(1, ...counts.map(({ stated, reported }) => stated + reported));
  const picture = svg("svg", { class: "time-bars", viewBox: `0 0 ${stretches.length} ${BAR_HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  counts.forEach(({ stated, reported }, place) => {
    const shown = place >= range[0] && place <= range[1];
    const height = (count) => (count / most) * (BAR_HEIGHT - 2);
    const bar = (kind, count, from) => count && svg("rect", { class: `bar-${kind}${shown ? "" : " pale"}`, x: place + 0.08, width: 0.84, y: BAR_HEIGHT - height(count + from), height: Math.max(1, height(count)) });
    const title = svg("title", {}, `${monthOf(stretches[place].from)}: ${counted(reported, "fact")} reported, ${digits(stated)} dated`);
    picture.append(svg("g", {}, svg("rect", { class: "bar-hit", x: place, width: 1, y: 0, height: BAR_HEIGHT }), bar("reported", reported, 0) || "", bar("stated", stated, reported) || "", title));
  });
  picture.addEventListener("pointerdown", (event) => brush(event, picture));
  return picture;
}

/** Dragging over the bars chooses a range; a click on one chooses it, or on the only one chosen, all. */
function brush(event, picture) {
  if (event.button) return;
  event.preventDefault();
  stopPlay();
  const box = picture.getBoundingClientRect();
  const placeAt = (x) => Math.min(stretches.length - 1, Math.max(0, Math.floor(((x - box.left) / box.width) * stretches.length)));
  const start = placeAt(event.clientX);
  const light = (x) => {
    const [low, high] = [Math.min(start, placeAt(x)), Math.max(start, placeAt(x))];
    [...picture.children].forEach((bar, place) => bar.classList.toggle("out", place < low || place > high));
  };
  const move = ({ clientX }) => light(clientX);
  light(event.clientX);
  picture.setPointerCapture(event.pointerId);
  picture.addEventListener("pointermove", move);
  picture.addEventListener("pointerup", ({ clientX }) => {
    picture.removeEventListener("pointermove", move);
    const [first, last] = chosenStretches();
    if (start === placeAt(clientX) && first === start && last === start) go({ from: null, to: null });
    else chooseStretches(start, placeAt(clientX));
    renderTimeline();
  }, { once: true });
}

/** Years, or months where there are few, under the bars: as many as have room. */
function axis() {
  const years = [...new Set(stretches.map(({ from }) => from.slice(0, 4)))];
  const ticks = years.length > 2 ? years.map((year) => ({ text: year, at: stretches.findIndex(({ from }) => from.startsWith(year)) }))
    : stretches.map(({ from }, at) => ({ text: monthOf(from), at })).filter((_, at) => at % Math.ceil(stretches.length / 8) === 0);
  const every = Math.ceil(ticks.length / Math.max(2, byId("timeline").clientWidth / 80 - 3));
  const shown = ticks.filter((_, place) => place % every === 0);
  return element("div", { class: "time-axis", "aria-hidden": "true" }, shown.map(({ text, at }) => placedAt(element("span", {}, text), at / stretches.length)));
}

function placedAt(target, share) {
  target.style.left = `${(100 * share).toFixed(2)}%`;
  return target;
}

/** The two ends of the range, moved with the arrow keys. */
function handle(end, range) {
  const name = end ? "Latest date shown" : "Earliest date shown";
  const target = element("span", {
    class: "time-handle", role: "slider", tabindex: 0, "data-end": end ? "to" : "from", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": stretches.length - 1,
    "aria-valuenow": range[end], "aria-valuetext": monthOf(end ? stretches[range[1]].to : stretches[range[0]].from),
    onkeydown: (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -4, PageUp: 4, Home: -Infinity, End: Infinity }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const moved = [...range];
      moved[end] = end ? Math.min(stretches.length - 1, Math.max(range[0], range[1] + step)) : Math.max(0, Math.min(range[1], range[0] + step));
      chooseStretches(moved[0], moved[1]);
    },
  });
  return placedAt(target, (range[end] + end) / stretches.length);
}

// Playing: the graph grows as time passes.

let playing = null;

function togglePlay() {
  if (playing) return stopPlay();
  let place = state.to && stretchOf(state.to) < stretches.length - 1 ? stretchOf(state.to) : 0;
  const step = () => {
    if (place >= stretches.length) return stopPlay();
    const counts = countStretches();
    while (place < stretches.length - 1 && !counts[place].stated && !counts[place].reported) place += 1;
    chooseStretches(chosenStretches()[0] <= place ? chosenStretches()[0] : 0, place, { replace: true });
    place += 1;
  };
  playing = setInterval(step, PLAY_PAUSE);
  step();
  renderTimeline();
}

function stopPlay() {
  if (!playing) return;
  clearInterval(playing);
  playing = null;
  renderTimeline();
}
