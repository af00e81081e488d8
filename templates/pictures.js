// ---- Pictures to save: the drawing that is shown, complete in itself, and the same as a bitmap ----

/** The drawing as a file: rules of its own classes with the inks of the moment, and the fonts. */
function pictureOf(svg) {
  const root = getComputedStyle(document.documentElement);
  const used = new Set([...svg.querySelectorAll("[class]")].flatMap(one => [...one.classList]));
  const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]);
  const names = rule => (/^\.[A-Z]+(, \.[A-Z]+)*$/.test(rule.selectorText) ? rule.selectorText.slice(1).split(", .") : []);
  const own = rules.filter(rule => rule instanceof CSSFontFaceRule || names(rule).some(name => used.has(name)));
  const css = own.map(rule => rule.cssText.replace(/var\((--[\w-]+)\)/g, (all, ink) => root.getPropertyValue(ink).trim()));
  const copy = svg.cloneNode(true);
  const { width, height } = svg.viewBox.baseVal;
  const family = getComputedStyle(document.body).fontFamily.replaceAll('"', "'");
  for (const [name, value] of Object.entries({ xmlns: "http://www.w3.org/2000/svg", width, height, "font-family": family })) copy.setAttribute(name, value);
  for (const name of ["aria-labelledby", "aria-describedby", "aria-details"]) copy.removeAttribute(name);
  const paper = document.createElementNS(copy.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: root.getPropertyValue("--paper").trim() })) paper.setAttribute(name, value);
  const title = document.createElementNS(copy.namespaceURI, "title");
  title.textContent = $(":is(h2, h3, h4, h5, h6)", svg.closest("figure")).textContent;
  const style = document.createElementNS(copy.namespaceURI, "style");
  style.textContent = css.join("");
  copy.prepend(title, style, paper);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}
async function bitmapOf({ text, width, height }) {
  const image = new Image();
  const letters = [...new TextEncoder().encode(text)].map(byte => String.fromCharCode(byte)).join("");
  image.src = "data:image/svg+xml;base64," + btoa(letters);
  await image.decode();
  const canvas = make("canvas", { width: width * 2, height: height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
  return new Promise(done => canvas.toBlob(done, "image/png"));
}
/** A table of coloured cells as a drawing: what the browser laid out, cell by cell and line by line. */
function pictureOfTable(table) {
  const space = "http://www.w3.org/2000/svg";
  const part = (name, attributes, text = "") => {
    const one = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    one.textContent = text;
    return one;
  };
  // Heads that stick to the window would stand where they are seen.
  table.classList.add("still");
  const frame = table.getBoundingClientRect();
  const near = value => Math.round(value * 10) / 10;
  const [left, top] = [frame.left - 8, frame.top - 8];
  const drawing = part("svg", { viewBox: `0 0 ${near(frame.width + 16)} ${near(frame.height + 16)}` });
  for (const cell of $$("th, td", table)) {
    const box = cell.getBoundingClientRect();
    const style = getComputedStyle(cell);
    const edged = ["open", "na", "bad"].some(name => cell.classList.contains(name));
    if (edged || !/^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor)) {
      drawing.append(part("rect", {
        x: near(box.left - left), y: near(box.top - top), width: near(box.width), height: near(box.height),
        fill: edged ? "none" : style.backgroundColor, stroke: edged ? style.color : "none",
      }));
    }
    // Words that stand on one line are one text.
    const lines = new Map();
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const at = range.getBoundingClientRect();
        const line = lines.get(at.top) ?? lines.set(at.top, { at, words: [] }).get(at.top);
        line.words.push(word);
      }
    }
    const size = parseFloat(style.fontSize);
    for (const { at, words } of lines.values()) {
      drawing.append(part("text", {
        x: near(at.left - left), y: near((at.top + at.bottom) / 2 - top + size * 0.36), fill: style.color,
        "font-size": size, "font-weight": style.fontWeight,
      }, words.join(" ")));
    }
  }
  table.parentElement.append(drawing);
  const picture = pictureOf(drawing);
  drawing.remove();
  table.classList.remove("still");
  return picture;
}
for (const figure of $$("figure")) {
  const drawn = $$("svg, table.heat", figure);
  if (!drawn.length) continue;
  const shown = () => drawn.filter(one => one.getClientRects().length);
  const name = figure.id.replace(/^chart-/, "");
  const button = (text, action) => {
    const one = make("button", { type: "button", className: "plain" }, text);
    one.setAttribute("aria-label", `${text}: ${$(":is(h2, h3, h4, h5, h6)", figure).textContent}`);
    one.addEventListener("click", () => shown().forEach((svg, place) => action(svg.matches("table") ? pictureOfTable(svg) : pictureOf(svg), name + (place ? `-${place + 1}` : ""))));
    return one;
  };
  const saves = make("span", { className: "saves" },
    button(words.svg, (picture, file) => save(file + ".svg", new Blob([picture.text], { type: "image/svg+xml" }))),
    button(words.png, async (picture, file) => save(file + ".png", await bitmapOf(picture))));
  const twin = $("details.twin > summary", figure);
  if (twin) twin.parentElement.after(saves); else figure.append(saves);
}
