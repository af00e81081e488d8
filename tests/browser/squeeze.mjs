// Makes templates/page.min.js, the script that pages carry, from its sources beside it. For those who change the
// sources: node tests/browser/squeeze.mjs. Its first line names what it was made from; `cargo test` compares.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { minify } from "terser";

const templates = new URL("../../templates/", import.meta.url);
const sources = ["report.js", "units.js", "what-if.js", "pictures.js"].map(name => readFileSync(new URL(name, templates), "utf8"));

/** The sources in one scope, the view of the address restored last: as src/render/html.rs does with a user's own. */
export async function squeezed() {
  const whole = `(() => {\n"use strict";\n${sources.join("\n")}\nrestoreAll();\n})();`;
  const { code } = await minify(whole, { ecma: 2022, compress: { passes: 3, unsafe_arrows: true }, mangle: true });
  const of = createHash("sha256").update(sources.join("\n")).digest("hex");
  return `// ${of}\n${code}\n`;
}
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL("page.min.js", templates), await squeezed());
