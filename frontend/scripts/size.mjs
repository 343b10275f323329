// Fails when the scripts of the way from signing in to the first screen weigh more than they may.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 250;
const WAY = ["index.html", "src/features/sign-in/screen.tsx", "src/features/today/screen.tsx"];
const folder = new URL("../dist/dashboard/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", folder), "utf8"));

const files = new Set();
const collect = (name) => {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`${name} is not in the build's manifest`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  (chunk.imports ?? []).forEach(collect);
};
WAY.forEach(collect);

const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, folder))).length, 0);
const size = bytes / 1000;
console.log(`first load: ${size.toFixed(1)} kB of JavaScript, gzipped, in ${files.size} files (limit ${LIMIT_KB} kB)`);
if (size > LIMIT_KB) process.exit(1);
