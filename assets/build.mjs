// Builds ../static/ (never committed): ingang.css, cms.css, fonts/, icons.svg, logo.svg, htmx.min.js and print.js.
// The new folder is made beside the old one and swapped in at the end, so a build that is killed leaves the old one whole.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const target = resolve(here, "..", "static");
const fresh = `${target}.new`;
const old = `${target}.old`;
const work = join(here, "node_modules", ".theme");

/** The theme: colours, sizes and type from designsystemet.config.json, as CSS custom properties. */
function theme() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const cli = join(packages, "@digdir/designsystemet", binary("@digdir/designsystemet"));
  const run = (...words) => execFileSync(process.execPath, [cli, "tokens", ...words], { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
  cpSync(join(here, "designsystemet.config.json"), join(work, "designsystemet.config.json"));
  run("create");
  run("build", "-t", "design-tokens", "-o", "theme");
  return readFileSync(join(work, "theme", "ingang.css"), "utf8");
}

function binary(name) {
  const { bin } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
  return typeof bin === "string" ? bin : Object.values(bin)[0];
}

/** One file in this order: the layers are declared first, and our own unlayered rules win. */
function css() {
  const charset = /^\uFEFF?@charset "[^"]*";\s*/i;
  const parts = [
    readFileSync(join(packages, "@digdir/designsystemet-css/dist/src/index.css"), "utf8"),
    theme(),
    readFileSync(join(here, "site.css"), "utf8"),
  ].map((part) => part.replace(charset, ""));
  writeFileSync(join(fresh, "ingang.css"), `@charset "UTF-8";\n${parts.join("\n")}`);
}

/** Copies each font file that site.css names from the package that has it. */
function fonts() {
  mkdirSync(join(fresh, "fonts"));
  const folders = readdirSync(join(packages, "@fontsource-variable")).map((name) => join(packages, "@fontsource-variable", name, "files"));
  const wanted = [...readFileSync(join(here, "site.css"), "utf8").matchAll(/url\("fonts\/([^"]+)"\)/g)].map((match) => match[1]);
  for (const name of wanted) {
    const folder = folders.find((candidate) => existsSync(join(candidate, name)));
    if (!folder) throw new Error(`site.css names fonts/${name}, which no installed font package has.`);
    cpSync(join(folder, name), join(fresh, "fonts", name));
  }
}

/** icons.json says which of the package's icons we use and what we call them. */
function icons() {
  const symbols = Object.entries(JSON.parse(readFileSync(join(here, "icons.json"), "utf8"))).map(([ours, theirs]) => {
    const path = join(packages, "@navikt/aksel-icons/dist/svg", `${theirs}.svg`);
    if (!existsSync(path)) throw new Error(`icons.json: there is no icon ${theirs} for ${ours}.`);
    const [, box, inner] = readFileSync(path, "utf8").match(/<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
    return `<symbol id="${ours}" viewBox="${box}">${inner.trim()}</symbol>`;
  });
  writeFileSync(join(fresh, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

rmSync(fresh, { recursive: true, force: true });
rmSync(old, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
css();
fonts();
icons();
for (const name of ["logo.svg", "cms.css"]) cpSync(join(here, name), join(fresh, name));
cpSync(join(packages, "htmx.org/dist/htmx.min.js"), join(fresh, "htmx.min.js"));
cpSync(join(here, "print.js"), join(fresh, "print.js"));
if (existsSync(target)) renameSync(target, old);
renameSync(fresh, target);
rmSync(old, { recursive: true, force: true });
