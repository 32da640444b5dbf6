// Reads a GEXF file as Gephi Lite does, and prints what it found: node gexf_read.mjs FOLDER-OF-PACKAGES FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, file] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const graph = require("graphology-gexf").parse(require("graphology"), readFileSync(file, "utf8"));
console.log(
  JSON.stringify({
    type: graph.type,
    nodes: graph.mapNodes((id, found) => ({ id, ...found })),
    edges: graph.mapEdges((_, found, source, target) => ({ source, target, ...found })),
  }),
);
