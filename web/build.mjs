// Bundles the page, its worker and its service worker into dist/. Any warning is an error.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { licences } from "./licences.mjs";

const out = "dist";
await rm(out, { recursive: true, force: true });
await mkdir(out);

const result = await build({
  // Classic scripts, as module scripts do not start from file:, where the page must say what it needs.
  entryPoints: { sparql: "src/main.js", "sparql-worker": "src/worker.js", "sparql-sw": "src/offline.js" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
  // Oxigraph looks for its WebAssembly beside itself unless it is handed over, as it is here.
  define: { "import.meta.url": "''" },
});
const style = await build({
  entryPoints: ["src/sparql.css"], outdir: out, bundle: true, minify: true, charset: "utf8", logLevel: "warning",
});
await copyFile("node_modules/oxigraph/web_bg.wasm", `${out}/oxigraph.wasm`);
await writeFile(`${out}/licences.txt`, await licences(Object.keys(result.metafile.inputs)));
if (result.warnings.length || style.warnings.length) process.exit(1);
