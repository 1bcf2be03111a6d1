// Bundles what is shipped into dist/: `node scripts/build.mjs`. Runs on any Node.js from 20.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");
const NODE_ONLY = "#!/usr/bin/env node";

const bundles = [
  { entry: "client/src/extension.ts", out: "dist/extension.cjs", external: ["vscode"] },
  { entry: "server/src/main.ts", out: "dist/server.cjs" },
  { entry: "cli/src/main.ts", out: "dist/cli.cjs", banner: NODE_ONLY },
  { entry: "cluster/src/index.ts", out: "dist/cluster.cjs" },
];

/**
 * The Kubernetes client is most of the code, and is looked at only when a cluster is: whoever loads it with
 * `import("#cluster/index.ts")` gets it from a bundle of its own, and importing it any other way is an error.
 */
const clusterApart = {
  name: "cluster-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^#cluster\// }, ({ kind, path: name, importer }) => {
      if (kind === "dynamic-import" && name === "#cluster/index.ts") return { path: "./cluster.cjs", external: true };
      const from = path.relative(ROOT, importer);
      return {
        errors: [
          { text: `${from}: load the cluster with import("#cluster/index.ts"), and its types with import type` },
        ],
      };
    });
  },
};

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
    logLevel: "warning",
    legalComments: "none",
    // import() becomes a lazy require(), which every extension host knows.
    supported: { "dynamic-import": false },
    plugins: entry.startsWith("cluster/") ? [] : [clusterApart],
    ...(banner === undefined ? {} : { banner: { js: banner } }),
  });
  writeFileSync(path.join(ROOT, "out", `${path.basename(out)}.meta.json`), JSON.stringify(metafile));
  const [{ bytes, inputs }] = Object.values(metafile.outputs);
  console.log(
    `${out.padEnd(20)} ${(bytes / 1024).toFixed(0).padStart(5)} KiB from ${Object.keys(inputs).length} files`,
  );
}

mkdirSync(path.join(ROOT, "out"), { recursive: true });
for (const each of bundles) await bundle(each);
