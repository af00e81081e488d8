// ---- What if: targets of an area moved, everything that follows computed by the rules of src/analysis/figures.rs ----
// Sums are exact like those of src/analysis/sum.rs, so that a scenario has the very numbers that the program would give.

function exactSum(numbers) {
  const parts = [];
  for (let carry of numbers) {
    let kept = 0;
    for (const part of parts) {
      const sum = carry + part, of = sum - carry, low = (carry - (sum - of)) + (part - of);
      if (low !== 0) parts[kept++] = low;
      carry = sum;
    }
    parts.length = kept;
    parts.push(carry);
  }
  let high = parts.pop() ?? 0;
  while (parts.length) {
    const part = parts.pop(), sum = high + part, of = sum - high, low = (high - (sum - of)) + (part - of);
    high = sum;
    if (low !== 0) {
      const next = parts.at(-1) ?? 0;
      if ((low < 0 && next < 0) || (low > 0 && next > 0)) {
        const up = high + 2 * low;
        if (up - high === 2 * low) high = up;
      }
      break;
    }
  }
  return high;
}
/** Weighted mean of [weight, value] pairs; null where weights sum to 0. */
function mean(pairs) {
  const weight = exactSum(pairs.map(pair => pair[0]));
  return weight > 0 ? exactSum(pairs.map(([w, value]) => w * value)) / weight : null;
}
const share = (part, whole) => (part === null || !whole ? null : 1 - part / whole);

/** Figures of some ratings, each with the target that `targetOf` gives it. */
function figuresOf(ratings, targetOf, lowest) {
  const all = { current: [], target: [], gap: [], shortfall: [], way: [] };
  for (const rating of ratings) {
    const { weight: w, current: c } = rating, t = targetOf(rating);
    if (c !== null) all.current.push([w, c]);
    if (t !== null) all.target.push([w, t]);
    if (c === null || t === null) continue;
    all.gap.push([w, t - c]);
    all.shortfall.push([w, Math.max(t - c, 0)]);
    all.way.push([w, t - lowest]);
  }
  const means = Object.fromEntries(Object.entries(all).map(([name, pairs]) => [name, mean(pairs)]));
  return { ...means, percent: share(means.shortfall, means.way) };
}
/** Overall: each top area counted once, those left out that lack the figure. */
function overallOf(tops, lowest) {
  const of = name => mean(tops.map(top => top[name]).filter(value => value !== null).map(value => [1, value]));
  const [current, target, gap, shortfall] = ["current", "target", "gap", "shortfall"].map(of);
  return { current, target, gap, shortfall, percent: share(shortfall, target === null ? null : target - lowest) };
}

/** Rows of the ratings, in the order of the analysis, whatever they are sorted by later. */
const ratingRows = [...$("#table-ratings")?.tBodies[0].rows ?? []];

/** Tables that follow the scenario: puts numbers into cells, marks those that differ, and puts back what was there. */
function followers(data, levelText, print, printGap, percentOf) {
  gather();
  const before = new Map();
  const put = (cell, value, text) => {
    if (!cell) return;
    if (!before.has(cell)) before.set(cell, [figures.get(cell)?.text ?? textNode(cell).nodeValue, cell.dataset.v ?? null]);
    const [was, v] = before.get(cell);
    const moved = text !== was.trim();
    if (moved) setFigure(cell, value, text); else setFigure(cell, v === null ? value : +v, was);
    cell.toggleAttribute("data-moved", moved);
  };
  const said = { target: print, gap: printGap, shortfall: print, percent: percentOf };
  const fill_in = (row, keys, now) => keys.forEach((key, place) => {
    if (key in said) put(row.cells[place], key === "percent" ? null : now[key], said[key](now[key]));
  });
  // The share of the way has no key where nothing sorts by it: it stands after gap or shortfall.
  const columns = table => {
    const keys = keysOf(table);
    const last = Math.max(keys.indexOf("gap"), keys.indexOf("shortfall"));
    if (keys.includes("gap") && !keys.includes("percent")) keys[last + 1] ??= "percent";
    return keys;
  };
  const named = (table, name) => [...table?.tBodies[0].rows ?? []].find(row => row.cells[0].textContent.trim() === name);
  const [ofAreas, ofSubjects, map] = ["table-areas", "table-subjects", "table-heatmap"].map(id => document.getElementById(id));
  const byItem = new Map();
  for (const row of $$("main tr[data-i]")) byItem.set(row.dataset.i, [...byItem.get(row.dataset.i) ?? [], row]);
  const rows = rating => (ratingRows.length === data.ratings.length ? byItem.get(ratingRows[data.ratings.indexOf(rating)].dataset.i) ?? [] : []);
  return {
    area(name, now) {
      const row = named(ofAreas, name);
      if (row) fill_in(row, columns(ofAreas), now);
      const place = map ? [...map.tHead.rows[0].cells].findIndex(head => head.textContent.trim() === name) : -1;
      if (place > 0 && map.tFoot && keysOf(map).at(-1) === "gap") put(map.tFoot.rows[0].cells[place], now.gap, printGap(now.gap));
    },
    subject(name, now) {
      const row = named(ofSubjects, name);
      if (row) fill_in(row, columns(ofSubjects), now);
      const edge = named(map, name)?.cells;
      if (edge && keysOf(map).at(-1) === "gap") put(edge[edge.length - 1], now.gap, printGap(now.gap));
    },
    overall(now) {
      for (const table of [ofAreas, ofSubjects]) {
        const total = table && $("tr.total", table);
        if (total) fill_in(total, columns(table), now);
      }
      const edge = map?.tFoot?.rows[0].cells;
      if (edge && keysOf(map).at(-1) === "gap") put(edge[edge.length - 1], now.gap, printGap(now.gap));
    },
    rating(rating, target) {
      const gap = rating.current === null || target === null ? null : target - rating.current;
      for (const row of rows(rating)) {
        keysOf(row.closest("table")).forEach((key, place) => {
          if (key === "target" && target !== null) put(row.cells[place], target, levelText(target));
          if (key === "gap" && gap !== null) put(row.cells[place], gap, signed(levelText(gap)));
        });
      }
    },
  };
}

let scenario = null;

async function openScenario() {
  if (scenario) return scenario;
  const data = JSON.parse(await unpacked("#analysis"));
  const levels = data.scale.map(level => level.value);
  const [low, high] = [levels[0], levels.at(-1)];
  const decimals = high - low <= 1 ? 2 : 1;
  const print = value => (value === null ? words.unknown : rounded(value, decimals));
  const printGap = value => (value === null ? words.unknown : signed(rounded(value, decimals)));
  const percentOf = value => (value === null ? words.unknown : rounded(value * 100, 0) + words.percent);
  const names = [...new Set(data.ratings.map(rating => rating.path[0]))];
  const areas = names.map(name => ({ name, ratings: data.ratings.filter(rating => rating.path[0] === name) }));
  const assessed = rating => rating.target;
  areas.forEach(area => {
    area.was = figuresOf(area.ratings, assessed, low);
    area.wanted = null;
    // Where nobody gave a target, one applies to all that applies.
    const any = area.ratings.some(rating => rating.target !== null);
    area.moves = rating => (any ? rating.target !== null : rating.state !== "not-applicable");
  });
  const was = overallOf(areas.map(area => area.was), low);
  const levelText = value => rounded(value, Number.isInteger(value) ? 0 : decimals);
  const tables = followers(data, levelText, print, printGap, percentOf);
  const subjects = data.subjects.map(({ name }) => ({
    name, parts: areas.map(area => area.ratings.filter(rating => rating.subject === name)).filter(part => part.length),
  }));

  // The controls: a bar that says what this is, a row an area, and the key figures with what was assessed.
  const said = make("strong", {});
  const bar = make("div", { className: "scenario-bar", role: "region", "aria-label": words.what_if, hidden: true });
  const button = (text, action, name) => {
    const one = make("button", { type: "button", className: "quiet" }, text);
    if (name) one.setAttribute("aria-label", name);
    one.addEventListener("click", () => action(one));
    return one;
  };
  bar.append(make("span", { role: "status" }, said, " " + words.not_assessed),
    button(words.link, one => copy(location.href, one)), button(words.back, () => { set(new Map()); close(); }));
  document.body.prepend(bar);
  const figure = $("#chart-gaps");
  const panel = make("div", { className: "scenario", id: "what-if" }, make("p", { className: "mark" }, words.what_if),
    make("p", { className: "lead" }, words.what_if_lead));
  const list = make("ol", {});
  panel.append(list);
  const at = value => `${(100 * (value - low)) / (high - low)}%`;
  areas.forEach((area, place) => {
    const part = (className, ...children) => make("span", { className }, ...children);
    const mark = className => part("at " + className);
    Object.assign(area, {
      bar: mark("bar"), dot: mark("dot"), ring: mark("ring"), old: mark("old"), nowText: part("now"),
      gapText: part("gap"), oldText: part("old-gap"),
      field: make("input", { type: "number", min: low, max: high, step: "any", "aria-label": `${words.target}, ${area.name}` }),
    });
    const step = way => {
      const from = area.wanted ?? area.was.target ?? area.was.current ?? low;
      const next = way > 0 ? levels.find(level => level > from) : levels.findLast(level => level < from);
      if (next !== undefined) change(place, next);
    };
    area.field.addEventListener("change", () => {
      const value = area.field.value === "" ? null : Math.min(high, Math.max(low, +area.field.value));
      change(place, value);
    });
    const track = part("track", ...levels.map(level => {
      const tick = mark("tick");
      tick.style.insetInlineStart = at(level);
      return tick;
    }), area.bar, area.old, area.ring, area.dot);
    track.setAttribute("aria-hidden", "true");
    list.append(make("li", {}, part("name", area.name), area.nowText, track,
      part("stepper", button("−", () => step(-1), fill(words.lower, { name: area.name })), area.field,
        button("+", () => step(1), fill(words.raise, { name: area.name }))), area.gapText, area.oldText));
  });
  if (figure) figure.querySelector("figcaption").after(panel); else $(".what-if").after(panel);
  const told = make("p", { className: "in-scenario", hidden: true });
  $("#summary .findings")?.before(told);

  const keyed = new Map();
  for (const value of $$("#summary .key .value")) {
    const name = ["target", "gap"].find(name => value.classList.contains(name))
      ?? (value.classList.contains("strong") && value.textContent === percentOf(was.percent) ? "percent" : "");
    if (!name || keyed.has(name)) continue;
    const under = value.nextElementSibling;
    keyed.set(name, { value, under, before: figures.get(value)?.text ?? value.textContent, note: under.textContent });
  }

  const wanted = () => new Map(areas.flatMap((area, place) => (area.wanted === null ? [] : [[place, area.wanted]])));
  function change(place, value) {
    set(new Map([...wanted(), [place, value]]));
    remember({ w: [...wanted()].map(pair => pair.join(":")).join(",") });
  }
  /** Shows the scenario of these targets, by place of the area; an area whose target is as assessed is not changed. */
  function set(targets) {
    areas.forEach((area, place) => {
      const value = targets.get(place) ?? null;
      const same = value === null || area.ratings.every(rating => !area.moves(rating) || rating.target === value);
      area.wanted = same ? null : value;
      const targetOf = area.wanted === null ? assessed : rating => (area.moves(rating) ? area.wanted : rating.target);
      const now = area.figures = figuresOf(area.ratings, targetOf, low);
      const row = list.children[place];
      row.classList.toggle("changed", area.wanted !== null);
      area.nowText.textContent = print(now.current);
      area.gapText.textContent = printGap(now.gap);
      area.oldText.textContent = area.wanted === null ? "" : fill(words.as_assessed, { v: printGap(area.was.gap) });
      area.field.value = now.target === null ? "" : rounded(now.target, decimals).replace("−", "-").replace(words.decimal, ".");
      for (const name of ["current", "target", "gap", "shortfall", "percent"]) row.dataset[name] = now[name] ?? "";
      const place_mark = (element, value) => {
        element.hidden = value === null;
        if (value !== null) element.style.insetInlineStart = at(value);
      };
      place_mark(area.dot, now.current);
      place_mark(area.ring, now.target);
      place_mark(area.old, area.wanted === null ? null : area.was.target);
      const both = now.current !== null && now.target !== null;
      place_mark(area.bar, both ? Math.min(now.current, now.target) : null);
      if (both) area.bar.style.inlineSize = `${(100 * Math.abs(now.target - now.current)) / (high - low)}%`;
      area.bar.classList.toggle("surplus", both && now.target < now.current);
    });
    const now = overallOf(areas.map(area => area.figures), low);
    for (const [name, { value, under, before, note }] of keyed) {
      const text = name === "target" ? print(now.target) : name === "gap" ? printGap(now.gap) : percentOf(now.percent);
      const moved = text !== before;
      setFigure(value, name === "percent" ? null : now[name], text);
      under.textContent = moved ? fill(words.as_assessed, { v: before }) : note;
      value.parentElement.classList.toggle("changed", moved);
    }
    follow(now);
    for (const name of ["current", "target", "gap", "shortfall", "percent"]) panel.dataset[name] = now[name] ?? "";
    const count = wanted().size;
    tell(now, count);
    said.textContent = `${words.what_if}: ${fill(count === 1 ? words.changed_one : words.changed_many, { n: count })}.`;
  }
  /** Tables of areas, subjects and ratings; those of an area as assessed only where they were moved before. */
  function follow(now) {
    const targetOf = new Map();
    areas.forEach(area => {
      const moved = area.wanted !== null;
      if (moved || area.followed) {
        area.ratings.filter(area.moves).forEach(rating => tables.rating(rating, moved ? area.wanted : rating.target));
        tables.area(area.name, area.figures);
      }
      area.followed = moved;
      if (moved) area.ratings.filter(area.moves).forEach(rating => targetOf.set(rating, area.wanted));
    });
    const of = rating => targetOf.get(rating) ?? rating.target;
    subjects.forEach(({ name, parts }) => tables.subject(name, overallOf(parts.map(part => figuresOf(part, of, low)), low)));
    tables.overall(now);
  }
  /** The finding that follows, above those of the assessment. */
  function tell(now, count) {
    told.hidden = !count;
    $("#summary .findings")?.classList.toggle("assessed", !!count);
    const short = areas.filter(area => area.figures.gap !== null && rounded(area.figures.gap, decimals) !== rounded(0, decimals) && area.figures.gap > 0)
      .sort((a, b) => b.figures.gap - a.figures.gap);
    const list = new Intl.ListFormat(document.documentElement.lang).format(short.slice(0, 3)
      .map(area => `${area.name} (${rounded(area.figures.gap, decimals)})`));
    const values = { target: print(now.target), gap: printGap(now.gap), list };
    told.textContent = fill(short.length ? words.in_scenario : words.in_scenario_met, values);
  }
  const show = open => {
    bar.hidden = panel.hidden = !open;
    figure?.classList.toggle("replaced", open);
    opener.setAttribute("aria-expanded", open);
  };
  function close() {
    show(false);
    remember({ w: "" });
    opener.focus();
  }
  set(new Map());
  scenario = { set, show };
  return scenario;
}

const opener = make("button", { type: "button", className: "quiet opener", "aria-expanded": "false" }, words.what_if);
// With one area there is no chart of areas; the scenario opens below the key figures.
if (unpacks && $("#analysis") && words.scale && $("#summary .key")) {
  const caption = $("#chart-gaps figcaption");
  if (caption) caption.append(opener); else $("#summary .key").after(make("div", { className: "what-if" }, opener));
  opener.addEventListener("click", async () => {
    if (opener.getAttribute("aria-expanded") === "true") { $(".scenario-bar button:last-child").click(); return; }
    (await openScenario()).show(true);
  });
}
async function restoreScenario() {
  const text = parameters().get("w");
  if (!text || !opener.isConnected) return;
  const pairs = text.split(",").map(pair => pair.split(":").map(Number));
  const { set, show } = await openScenario();
  set(new Map(pairs.filter(pair => pair.length === 2 && pair.every(Number.isFinite))));
  show(true);
}
