// What of a mail's HTML some of the named mail programs do not support, as JSON.
// node mail.mjs FILE CLIENT...
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const [file, ...clients] = process.argv.slice(2);
// Of word-wrap it knows five programs, all of which have it in some way, and stops at the others.
const html = readFileSync(file, "utf8").replace(/word-wrap:[^;"}]*;?/g, "");
const { issues } = caniemail({ clients, html });
const plain = (found) =>
  [...found].flatMap(([client, list]) =>
    list.map(({ title }) => ({ client, title })));
console.log(JSON.stringify({ errors: plain(issues.errors), warnings: plain(issues.warnings) }));
