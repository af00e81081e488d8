// ---- Figures in levels, or in percent of the scale: where a level stands on it, how much of it a gap is ----

/** A number as the report prints it: half away from zero on the shortest decimal form. */
function rounded(value, decimals) {
  const [whole, part = ""] = (Math.abs(value) < 1e-6 ? "0" : String(Math.abs(value))).split(".");
  const digits = BigInt(whole + part.padEnd(decimals, "0").slice(0, decimals)) + (part[decimals] >= "5" ? 1n : 0n);
  const text = String(digits).padStart(decimals + 1, "0");
  const shown = decimals ? text.slice(0, -decimals) + words.decimal + text.slice(-decimals) : text;
  return (value < 0 && digits ? "−" : "") + shown;
}
const signed = text => (text.startsWith("−") || /^0(\D0+)?$/.test(text) ? text : "+" + text);

/** Keys of columns whose numbers are levels (0), differences with a sign (1), amounts (2). */
const kinds = { current: 0, target: 0, before: 0, level: 0, gap: 1, change: 1, shortfall: 2 };
const [lowest, highest] = words.scale ?? [0, 1];
const span = highest - lowest;
let percents = false;

/** A number in percent of the scale, unrounded. */
const ofScale = (value, key) => (100 * (kinds[key] ? value : value - lowest)) / span;
function inPercent(value, key) {
  const text = rounded(ofScale(value, key), 0);
  return (kinds[key] === 1 ? signed(text) : text) + words.percent;
}

/** Cells and key figures that say a level or a difference: what each says, and of what kind it is. */
const figures = new Map();
/** Texts of drawings, with the cell of the chart's table that says the same. */
const labels = [];
const textNode = element => ($("a", element) ?? element).firstChild;
const keysOf = table => $$("thead th", table).map(head => head.dataset.key);
function gather() {
  if (figures.size) return;
  const add = (element, key) => {
    if (!(key in kinds)) return;
    const value = valueOf(element);
    if (value === null) return;
    element.dataset.v = value;
    figures.set(element, { key, text: textNode(element).nodeValue });
  };
  for (const table of $$("main table")) {
    const keys = keysOf(table);
    for (const row of [...table.tBodies[0].rows, ...table.tFoot?.rows ?? []]) {
      const foot = row.parentElement === table.tFoot;
      [...row.cells].forEach((cell, place) => add(cell, foot && place ? keys.at(-1) : keys[place]));
    }
  }
  for (const value of $$(".key .value[data-v]")) {
    add(value, ["current", "target", "gap"].find(name => value.classList.contains(name)) ?? "change");
  }
  for (const svg of $$("svg.chart[aria-details]")) {
    const table = document.getElementById(svg.getAttribute("aria-details"));
    if (!table) continue;
    const keys = keysOf(table);
    for (const [key, names] of Object.entries(words.numbers)) {
      for (const text of svg.querySelectorAll(names.map(name => `text.${name}`).join())) {
        const item = text.closest("[data-i]")?.dataset.i;
        const cell = $(`tr[data-i="${item}"]`, table)?.cells[keys.indexOf(key)];
        if (figures.has(cell)) labels.push({ text, cell, said: text.textContent });
      }
    }
  }
}
/** A label left of its mark grows to the left. */
function relabel(text, said) {
  if (text.textContent === said) return;
  const place = [...text.parentElement.querySelectorAll("path[d$=h0]")].map(dot => +dot.getAttribute("d").slice(1).split(" ")[0]);
  const mark = text.matches(words.numbers.target?.map(name => `.${name}`).join() ?? "x")
    ? +($("circle", text.parentElement)?.getAttribute("cx") ?? 0) : place[0];
  const before = text.getComputedTextLength();
  const left = +(text.getAttribute("x") ?? 0);
  text.textContent = said;
  const starts = getComputedStyle(text).textAnchor === "start";
  if (starts && mark > left) text.setAttribute("x", left + before - text.getComputedTextLength());
}
function show(element) {
  const { key, text } = figures.get(element);
  textNode(element).nodeValue = percents ? inPercent(+element.dataset.v, key) : text;
}
/** Puts another number into a cell or key figure, in the unit that is shown. */
function setFigure(element, value, text) {
  const known = figures.get(element);
  if (!known) { textNode(element).nodeValue = text; return; }
  if (value === null) delete element.dataset.v; else element.dataset.v = value;
  known.text = text;
  if (value === null) textNode(element).nodeValue = text; else show(element);
}
const notes = new Map();
function showUnits(percent) {
  if (percent === percents) return;
  gather();
  percents = percent;
  for (const element of figures.keys()) if (element.dataset.v !== undefined) show(element);
  labels.forEach(({ text, cell, said }) => relabel(text, percents ? textNode(cell).nodeValue : said));
  for (const gap of $$("#summary .key .gap")) {
    const under = gap.nextElementSibling;
    if (percents) notes.set(under, under.textContent);
    under.textContent = percents ? words.of_scale : notes.get(under);
  }
  choices.forEach((one, place) => one.setAttribute("aria-pressed", String(!!place === percents)));
}
const choices = [words.levels, words.of_scale].map((text, place) => {
  const one = make("button", { type: "button", className: "quiet", "aria-pressed": String(!place) }, text);
  one.addEventListener("click", () => { showUnits(!!place); remember({ u: place ? "percent" : "" }); });
  return one;
});
if (words.scale && $("#summary .key")) {
  const label = make("span", { id: "figures-in" }, words.figures_in);
  $("#summary .key").before(make("div", { className: "units", role: "group", "aria-labelledby": label.id }, label, ...choices));
}
const restoreUnits = () => showUnits(!!words.scale && parameters().get("u") === "percent");
