// Reads _redirects and _headers by Netlify's own parsers; writes what they make of them as JSON.
// node netlify_read.mjs <folder with node_modules> <folder with the two files>
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, folder] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(createRequire(`${modules}/package.json`).resolve(name)));
const { parseAllRedirects } = await load("netlify-redirect-parser");
const { parseAllHeaders } = await load("netlify-headers-parser");

const redirects = await parseAllRedirects({
  redirectsFiles: [`${folder}/_redirects`],
  configRedirects: [],
  minimal: true,
});
const headers = await parseAllHeaders({ headersFiles: [`${folder}/_headers`], configHeaders: [], minimal: true });
process.stdout.write(
  JSON.stringify({
    redirects: redirects.redirects.map(({ from, to, status, force }) => ({ from, to, status, force })),
    headers: headers.headers,
    errors: [...redirects.errors, ...headers.errors].map((error) => error.message),
  }),
);
