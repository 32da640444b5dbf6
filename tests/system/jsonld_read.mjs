// Reads JSON-LD by jsonld.js: a document and a frame (or null) a line; writes N-Quads a line, as a JSON string.
// node jsonld_read.mjs <folder with node_modules> <file of the context> <address of the context>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder, file, address] = process.argv.slice(2);
const jsonld = createRequire(`${folder}/package.json`)("jsonld");
const context = JSON.parse(readFileSync(file, "utf8"));
const options = {
  documentLoader: async (url) => {
    if (url !== address) throw new Error(`nothing may be fetched: ${url}`);
    return { document: context, documentUrl: url, contextUrl: null };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { document, frame } = JSON.parse(line);
  const read = frame ? await jsonld.frame(document, frame, options) : document;
  const quads = await jsonld.toRDF(read, { ...options, format: "application/n-quads" });
  process.stdout.write(`${JSON.stringify(quads)}\n`);
}
