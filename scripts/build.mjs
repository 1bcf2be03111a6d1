// Bundles what is shipped into dist/: `node scripts/build.mjs`. Runs on any Node.js from 20.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");

const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));

const bundles = [
  { entry: "client/src/extension.ts", out: "dist/extension.cjs", external: ["vscode"] },
  { entry: "server/src/main.ts", out: "dist/server.cjs" },
  { entry: "cli/src/main.ts", out: "dist/cli.cjs", banner: "#!/usr/bin/env node" },
];

async function bundle({ entry, out, external = [], banner }) {
  if (!existsSync(path.join(ROOT, entry))) {
    console.log(`${out.padEnd(20)} skipped: there is no ${entry}`);
    return;
  }
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // Some dependencies offer a UMD build under "main", which cannot be bundled.
    mainFields: ["module", "main"],
    external,
    metafile: true,
    define: { __VERSION__: JSON.stringify(version), "import.meta.dirname": "__dirname" },
    logLevel: "warning",
    legalComments: "none",
    ...(banner === undefined ? {} : { banner: { js: banner } }),
  });
  // What is in a bundle, for https://esbuild.github.io/analyze/
  writeFileSync(path.join(ROOT, "out", `${path.basename(out)}.meta.json`), JSON.stringify(metafile));
  const [{ bytes, inputs }] = Object.values(metafile.outputs);
  console.log(
    `${out.padEnd(20)} ${(bytes / 1024).toFixed(0).padStart(5)} KiB from ${Object.keys(inputs).length} files`,
  );
}

mkdirSync(path.join(ROOT, "out"), { recursive: true });
for (const each of bundles) await bundle(each);
