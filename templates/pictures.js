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
for (const figure of $$("figure")) {
  if (!$("svg", figure)) continue;
  const shown = () => $$("svg", figure).filter(svg => svg.getClientRects().length);
  const name = figure.id.replace(/^chart-/, "");
  const button = (text, action) => {
    const one = make("button", { type: "button", className: "plain" }, text);
    one.setAttribute("aria-label", `${text}: ${$(":is(h2, h3, h4, h5, h6)", figure).textContent}`);
    one.addEventListener("click", () => shown().forEach((svg, place) => action(pictureOf(svg), name + (place ? `-${place + 1}` : ""))));
    return one;
  };
  const saves = make("span", { className: "saves" },
    button(words.svg, (picture, file) => save(file + ".svg", new Blob([picture.text], { type: "image/svg+xml" }))),
    button(words.png, async (picture, file) => save(file + ".png", await bitmapOf(picture))));
  const twin = $("details.twin > summary", figure);
  if (twin) twin.parentElement.after(saves); else figure.append(saves);
}
