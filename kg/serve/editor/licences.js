// Writes the licences of everything in the bundle beside it.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const parts = [];
for (const scope of ["@codemirror", "@lezer", "@marijn", ""]) {
  const folder = join("node_modules", scope);
  for (const name of readdirSync(folder).sort()) {
    if (!scope && !["crelt", "style-mod", "w3c-keyname"].includes(name)) continue;
    const about = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));
    const licence = readFileSync(join(folder, name, "LICENSE"), "utf8").trim();
    parts.push(`${about.name} ${about.version} (${about.license})\n\n${licence}\n`);
  }
}
writeFileSync("../assets/editor.LICENSES.txt", parts.join(`\n${"-".repeat(78)}\n\n`));
