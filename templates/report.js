// Everything on the page is there without this script; it adds sorting, filters, links between charts and rows,
// copying, saving, and the scenario. The state of a view stands in the address after "#f=".
const $ = (query, from = document) => from.querySelector(query);
const $$ = (query, from = document) => [...from.querySelectorAll(query)];
const words = JSON.parse($("#words").textContent);

/** An element with properties and children; texts are only ever set as text. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value; else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// ---- Address: #f=TABLE&area=…&sort=gap&u=percent&w=0:2 ----
const parameters = () => new URLSearchParams(location.hash.startsWith("#f=") ? location.hash.slice(1) : "");
function remember(changes, drop = []) {
  const now = parameters();
  if (!now.has("f")) now.set("f", "");
  drop.forEach(name => now.delete(name));
  for (const [name, value] of Object.entries(changes)) {
    if (value) now.set(name, value); else now.delete(name);
  }
  if (!now.get("f")) now.set("f", "");
  const bare = [...now.keys()].length === 1 && !now.get("f");
  history.replaceState(null, "", bare ? location.pathname + location.search : "#" + now);
}

// ---- Saving and copying ----
/** The text out of the archive in a link: one deflated file behind a header of 30 bytes and its name. */
async function unpacked(id) {
  const bytes = Uint8Array.from(atob($(id).href.split(",")[1]), letter => letter.charCodeAt(0));
  const header = new DataView(bytes.buffer);
  const start = 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = new Blob([bytes.slice(start, start + header.getUint32(18, true))]);
  return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
}
const unpacks = "DecompressionStream" in window;
for (const [id, name, type] of [["#ratings", "ratings.csv", "text/csv"], ["#analysis", "analysis.json", "application/json"]]) {
  $(id)?.addEventListener("click", async event => {
    if (!unpacks) return;
    event.preventDefault();
    save(name, new Blob([await unpacked(id)], { type }));
  });
}
function save(name, blob) {
  const link = make("a", { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { value: text, className: "off" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const before = button.textContent;
  button.textContent = words.copied;
  setTimeout(() => { button.textContent = before; }, 1500);
}

// ---- Folding: all is open in the markup; a target or the printer opens again what the script closes ----
const narrow = matchMedia("(max-width: 1159px)");
const contents = $("details.contents");
const unfold = () => { contents.open = !narrow.matches; };
narrow.addEventListener("change", unfold);
unfold();
// On a small screen the table stands in for a chart that has no drawing for it.
const small = matchMedia("(max-width: 767px)");
const fold = () => $$("details.twin").forEach(twin => { twin.open = small.matches && !!twin.closest(".tabled"); });
small.addEventListener("change", fold);
fold();
function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  const row = target.closest("tr[hidden]");
  if (row) row.closest("table").showAll();
  target.scrollIntoView();
}
let wereClosed = [];
addEventListener("beforeprint", () => {
  wereClosed = $$("details:not([open])");
  wereClosed.forEach(one => { one.open = true; });
});
addEventListener("afterprint", () => wereClosed.forEach(one => { one.open = false; }));

// ---- Scroll regions are stops for the keyboard only while they scroll ----
const region = new ResizeObserver(entries => entries.forEach(({ target }) => {
  const scrolls = target.scrollWidth > target.clientWidth + 1;
  for (const [name, value] of [["tabindex", "0"], ["role", "region"]]) {
    if (scrolls) target.setAttribute(name, value); else target.removeAttribute(name);
  }
  const caption = $("caption", target);
  if (scrolls) target.setAttribute("aria-labelledby", caption.id); else target.removeAttribute("aria-labelledby");
}));
$$(".scroll").forEach(one => region.observe(one));

// ---- Where the reader is ----
const entries = new Map($$(".contents a[href^='#']").map(link => [link.hash.slice(1), link]));
let seen = null;
function here() {
  let current = null;
  for (const section of $$("main > section")) {
    if (section.getBoundingClientRect().top > innerHeight * 0.35) break;
    current = entries.get(section.id) ?? current;
  }
  if (current === seen) return;
  seen?.removeAttribute("aria-current");
  current?.setAttribute("aria-current", "true");
  seen = current;
}
let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; here(); });
}, { passive: true });
here();

// ---- Charts and rows about the same thing light up together ----
let lit = "";
function light(item) {
  if (item === lit) return;
  $$(".lit").forEach(one => one.classList.remove("lit"));
  $$(".lit-within").forEach(one => one.classList.remove("lit-within"));
  lit = item;
  if (!item) return;
  $$(`[data-i="${CSS.escape(item)}"]`).forEach(one => {
    one.classList.add("lit");
    one.closest("svg")?.classList.add("lit-within");
  });
}
const itemOf = event => event.target.closest?.("[data-i]")?.dataset.i ?? "";
document.addEventListener("pointerover", event => light(itemOf(event)));
document.addEventListener("focusin", event => light(itemOf(event)));
document.addEventListener("keydown", event => { if (event.key === "Escape") light(""); });

// ---- Tables ----
const number = text => {
  const plain = text.trim().replace("−", "-").replace(/\s*%$/, "").replace(words.decimal, ".");
  return plain === "" || Number.isNaN(+plain) ? null : +plain;
};
const valueOf = cell => (cell.dataset.v === undefined ? number(cell.textContent) : +cell.dataset.v);
const order = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** Rows of a long table that are shown at first: the page answers at once, and the rest is a button away. */
const MOST = 250;

function liven(table) {
  const heads = $$("thead th", table);
  const body = table.tBodies[0];
  const all = [...body.rows];
  const rows = all.filter(row => !row.classList.contains("total"));
  const totals = all.filter(row => row.classList.contains("total"));
  const state = { sort: "", down: false };
  let ordered = rows;
  let whole = rows.length <= MOST;

  function sort() {
    const index = heads.findIndex(head => head.dataset.key === state.sort);
    heads.forEach((head, at) => {
      if (at === index) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const sign = state.down ? -1 : 1;
    const figures = index >= 0 && heads[index].classList.contains("n");
    const keyed = rows.map(row => {
      const cell = index >= 0 ? row.cells[index] : null;
      return { row, key: !cell ? 0 : figures ? valueOf(cell) : cell.textContent };
    });
    // What is unknown stands last, whichever way the rest is sorted; equal rows keep the order of the report.
    if (index >= 0) keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
      return sign * (figures ? a.key - b.key : order.compare(a.key, b.key));
    });
    ordered = keyed.map(one => one.row);
    body.append(...ordered, ...totals);
    if (!whole) filter();
  }

  heads.forEach(head => {
    if (!head.dataset.key) return;
    const button = make("button", { type: "button", className: "sort" }, ...head.childNodes);
    button.addEventListener("click", () => {
      const first = head.classList.contains("n");
      if (state.sort !== head.dataset.key) Object.assign(state, { sort: head.dataset.key, down: first });
      else if (state.down === first) state.down = !first;
      else Object.assign(state, { sort: "", down: false });
      sort();
      note();
    });
    head.append(button);
  });

  // Filters, where a table is long enough to want them.
  const filters = [];
  const find = make("input", { type: "search", autocomplete: "off", spellcheck: false });
  const status = make("span", { role: "status" });
  const nothing = make("p", { className: "note nothing", hidden: true }, words.no_rows);
  const texts = new Map();
  const textOf = row => texts.get(row) ?? texts.set(row, row.textContent.toLocaleLowerCase()).get(row);

  // Many rows come back a screenful at a time.
  let waiting = 0;
  const bring = back => {
    cancelAnimationFrame(waiting);
    back.splice(0, 50).forEach(row => { row.hidden = false; });
    if (back.length) waiting = requestAnimationFrame(() => bring(back));
  };
  let fitting = rows;
  function filter() {
    const wanted = find.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const chosen = filters.filter(one => one.select.value !== "");
    fitting = ordered.filter(row => chosen.every(one => row.cells[one.index].textContent === one.select.value)
      && wanted.every(word => textOf(row).includes(word)));
    const shown = new Set(whole ? fitting : fitting.slice(0, MOST));
    const back = [];
    for (const row of ordered) {
      if (!shown.has(row)) row.hidden = true; else if (row.hidden) back.push(row);
    }
    bring(back);
    totals.forEach(row => { row.hidden = fitting.length < rows.length; });
    status.textContent = fill(words.rows, { n: fitting.length, m: rows.length });
    nothing.hidden = fitting.length > 0;
    more.hidden = shown.size === fitting.length;
    more.textContent = fill(words.more, { n: fitting.length });
  }
  function note() {
    const view = { sort: state.sort, down: state.down ? "1" : "", find: find.value.trim() };
    filters.forEach(one => { view[one.key] = one.select.value; });
    const empty = Object.values(view).every(value => !value);
    remember({ ...view, f: empty ? "" : table.id });
  }
  const clear = () => {
    filters.forEach(one => { one.select.value = ""; });
    find.value = "";
    filter();
  };
  table.showAll = () => {
    whole = true;
    clear();
    rows.forEach(row => { row.hidden = false; });
  };
  table.restore = view => {
    filters.forEach(one => {
      const value = view.get(one.key) ?? "";
      one.select.value = [...one.select.options].some(option => option.value === value) ? value : "";
    });
    find.value = view.get("find") ?? "";
    Object.assign(state, { sort: view.get("sort") ?? "", down: view.has("down") });
    sort();
    if (rows.length >= 8) filter();
  };
  const button = (text, action) => {
    const one = make("button", { type: "button", className: "quiet" }, text);
    one.addEventListener("click", () => action(one));
    return one;
  };
  const more = button("", () => { whole = true; filter(); });
  more.classList.add("more");
  if (rows.length < 8) return;

  const label = (text, control) => make("label", {}, text, control);
  const bar = make("div", { className: "controls" });
  heads.forEach((head, index) => {
    if (!["area", "subject", "state"].includes(head.dataset.key)) return;
    const values = [...new Set(rows.map(row => row.cells[index].textContent))];
    if (values.length < 2 || values.length > 200) return;
    const options = values.map(value => make("option", { value }, value.length > 60 ? value.slice(0, 60) + "…" : value));
    const select = make("select", {}, make("option", { value: "" }, words.all), ...options);
    select.addEventListener("change", () => { filter(); note(); });
    filters.push({ key: head.dataset.key, index, select });
    bar.append(label(head.textContent, select));
  });
  find.addEventListener("input", () => { filter(); note(); });
  const reset = button(words.reset, () => { clear(); Object.assign(state, { sort: "", down: false }); sort(); note(); });
  const rowsButton = button(words.copy, one => copy(asLines().map(line => line.join("\t")).join("\n"), one));
  const quoted = text => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const csvButton = button(words.csv, () => {
    const text = asLines().map(line => line.map(quoted).join(",") + "\r\n").join("");
    save(table.id.replace(/^table-/, "") + ".csv", new Blob(["\ufeff", text], { type: "text/csv" }));
  });
  const linkButton = button(words.link, one => { note(); copy(location.href, one); });
  bar.append(label(words.find, find), reset, rowsButton, csvButton, linkButton, status);
  table.closest(".scroll").before(bar);
  table.closest(".scroll").after(nothing, more);
  filter();

  /** The rows that fit, in their order, for a spreadsheet: plain numbers in the unit shown, and no text that it would
      take for a formula. */
  function asLines() {
    const scaled = head => percents && head.dataset.key in kinds;
    const cellText = (cell, index) => {
      const head = heads[index];
      const value = head.classList.contains("n") ? valueOf(cell) : null;
      if (value !== null) return String(scaled(head) ? +ofScale(value, head.dataset.key).toFixed(4) : value);
      const text = cell.textContent.replace(/\s+/g, " ").trim();
      return /^[=+\-@]/.test(text) ? "'" + text : text;
    };
    const named = head => head.textContent + (scaled(head) ? " (%)" : "");
    return [heads.map(named), ...fitting.map(row => [...row.cells].map(cellText))];
  }
}
const tables = $$("table[data-live]");
tables.forEach(liven);

function restore() {
  const view = parameters();
  const table = document.getElementById(view.get("f") ?? "");
  if (table?.restore) {
    for (let at = table; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    table.restore(view);
    (table.closest("section") ?? table).scrollIntoView();
  } else {
    reveal();
  }
}
function restoreAll() {
  restoreUnits();
  restore();
  restoreScenario();
}
addEventListener("hashchange", restoreAll);
