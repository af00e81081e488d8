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
  figure.querySelector("figcaption").after(panel);

  const keyed = new Map();
  const texts = { target: print(was.target), gap: printGap(was.gap), percent: percentOf(was.percent) };
  for (const value of $$("#summary .key .value")) {
    for (const name of ["target", "gap", "percent"]) {
      const fits = name === "percent" ? value.classList.contains("strong") : value.classList.contains(name);
      if (fits && !keyed.has(name) && value.textContent === texts[name]) {
        const under = value.nextElementSibling;
        keyed.set(name, { value, under, before: value.textContent, note: under.textContent });
        break;
      }
    }
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
      value.textContent = text;
      under.textContent = moved ? fill(words.as_assessed, { v: before }) : note;
      value.parentElement.classList.toggle("changed", moved);
    }
    for (const name of ["current", "target", "gap", "shortfall", "percent"]) panel.dataset[name] = now[name] ?? "";
    const count = wanted().size;
    said.textContent = `${words.what_if}: ${fill(count === 1 ? words.changed_one : words.changed_many, { n: count })}.`;
  }
  const show = open => {
    bar.hidden = panel.hidden = !open;
    figure.classList.toggle("replaced", open);
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
if (unpacks && $("#analysis") && $("#chart-gaps")) {
  $("#chart-gaps figcaption").append(opener);
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
