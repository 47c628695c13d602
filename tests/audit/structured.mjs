// Structured data by somebody else's rules. JSON in: path → HTML; JSON out: a list of sentences.
// usage: node structured.mjs NODE_MODULES [VOCABULARY]; the vocabulary is schema.org's own file of all types.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const [modules, vocabulary] = process.argv.slice(2);
const resolve = createRequire(pathToFileURL(`${modules}/`)).resolve;
const { default: Validator } = await import(pathToFileURL(`${modules}/@adobe/structured-data-validator/src/index.js`));
const { default: Extractor } = await import(pathToFileURL(resolve("@marbec/web-auto-extractor")));
const schema = vocabulary ? JSON.parse(readFileSync(vocabulary, "utf8")) : undefined;
const pages = JSON.parse(readFileSync(0, "utf8"));
const found = [];
let things = 0;
for (const [path, html] of Object.entries(pages)) {
  const data = new Extractor({ addLocation: true, embedSource: ["rdfa", "microdata"] }).parse(html);
  things += Object.values(data.jsonld ?? {}).flat().length;
  for (const one of await new Validator(schema).validate(data)) {
    found.push(`${path} ${one.rootType}: ${one.severity}: ${one.issueMessage}`);
  }
}
process.stdout.write(JSON.stringify({ things, found }));
