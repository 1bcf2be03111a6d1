// Bundles what is shipped into dist/: `node scripts/build.mjs`. With --dev it is readable and can be debugged, with --watch it is
// bundled anew whenever a file changes. Runs on any Node.js from 20.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { context } from "esbuild";
import {
  apart,
  builtinsLater,
  commandsApart,
  halves,
  halvesApart,
  lazyApart,
  mainApart,
  serverApart,
  urlLater,
  yamlLater,
} from "./bundle-plugins.mjs";
import { bundlingProgress } from "./bundling-progress.mjs";
import { shippedPages } from "./shipped-pages.mjs";
import { writeThirdParty } from "./third-party.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");

const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));

const watch = process.argv.includes("--watch");
const development = watch || process.argv.includes("--dev");
const progress = bundlingProgress(console.log);

const commands = readdirSync(path.join(ROOT, "cli/src/commands"))
  .map((file) => path.parse(file).name)
  .filter((name) => name !== "index");

/** What serves agents brings its own reading half of the cluster: what writes is not to be within its reach. */
const apartOf = { mcp: ["diagnosis"] };

const bundles = [
  { entry: "client/src/extension.ts", out: "dist/extension.cjs", external: ["vscode"] },
  { entry: "server/src/main.ts", out: "dist/server-main.cjs" },
  { entry: "server/src/serve.ts", out: "dist/server-core.cjs" },
  { entry: "cli/src/main.ts", out: "dist/cli-main.cjs" },
  ...commands.map((name) => ({
    entry: `cli/src/commands/${name}.ts`,
    out: `dist/cli-${name}.cjs`,
    apart: apartOf[name],
  })),
  { entry: "server/src/start.ts", out: "dist/server.cjs", main: "./server-main.cjs" },
  { entry: "cli/src/start.ts", out: "dist/cli.cjs", main: "./cli-main.cjs", banner: { js: "#!/usr/bin/env node" } },
  { entry: "cli/src/start-mcp.ts", out: "dist/mcp.cjs", main: "./cli-main.cjs" },
  { entry: "client/src/web.ts", out: "dist/extension-web.cjs", external: ["vscode"], browser: true },
  { entry: "server/src/web.ts", out: "dist/server-web.cjs", browser: true },
  { entry: "cli/src/kubectl-complete.ts", out: "dist/kubectl-complete.cjs", banner: { js: "#!/usr/bin/env node" } },
];

/** What esbuild says of each bundle, by its path. */
const metafiles = new Map();

async function bundle({ plugins = [], ...options }, { out, external = [], banner = {} }) {
  const made = await context({
    absWorkingDir: ROOT,
    outfile: out,
    bundle: true,
    minify: !development,
    // A released bundle's map is kept beside it in out/, for scripts/readable-stack.mjs: it is larger than the bundle.
    sourcemap: development ? true : "external",
    platform: "node",
    format: "cjs",
    target: "node20",
    // Some dependencies offer a UMD build under "main", which cannot be bundled.
    mainFields: ["module", "main"],
    // import() becomes a lazy require(), which every extension host knows.
    supported: { "dynamic-import": false },
    external,
    banner,
    metafile: true,
    define: { __VERSION__: JSON.stringify(version), "import.meta.dirname": "__dirname" },
    logLevel: "warning",
    legalComments: "none",
    plugins: [...plugins, reporting(out)],
    ...options,
  });
  await made.rebuild();
  if (watch) await made.watch();
  else await made.dispose();
}

/** What esbuild says of a bundle is kept: for https://esbuild.github.io/analyze/, and for the list of what is shipped. */
function reporting(out) {
  const name = path.basename(out);
  return {
    name: "reporting",
    setup({ onStart, onEnd }) {
      onStart(() => progress.begin(out));
      onEnd(({ metafile }) => {
        progress.end(out, metafile?.outputs[out]);
        if (!metafile) return;
        writeFileSync(path.join(ROOT, "out", `${name}.meta.json`), JSON.stringify(metafile));
        if (!development) renameSync(path.join(ROOT, `${out}.map`), path.join(ROOT, "out", `${name}.map`));
        metafiles.set(out, metafile.outputs[out]);
      });
    },
  };
}

mkdirSync(path.join(ROOT, "out"), { recursive: true });
for (const each of bundles) {
  if (existsSync(path.join(ROOT, each.entry)))
    await bundle(
      {
        entryPoints: [each.entry],
        inject: ["scripts/older-node.mjs"],
        plugins: [
          lazyApart(each.apart),
          serverApart,
          halvesApart,
          urlLater,
          commandsApart,
          yamlLater,
          mainApart(each.main),
        ],
        ...(each.browser ? { platform: "browser", target: "es2022" } : {}),
      },
      each,
    );
  else console.log(`${each.out.padEnd(20)} skipped: there is no ${each.entry}`);
}
for (const { name, modules } of apart)
  await together([...modules].sort(), `dist/${name}.cjs`, { plugins: [yamlLater] });
// What browsers load as well. Elsewhere the halves for browsers would be the wrong ones: that of `ws` only throws.
const anywhere = { conditions: ["browser"] };
await together(["yaml"], "dist/yaml.cjs", anywhere);
const server = { ...of(halves("vscode-languageserver")), ...anywhere, plugins: [builtinsLater] };
await bundle(server, { out: "dist/protocol.cjs" });
await bundle(
  { ...of(halves("vscode-languageclient")), ...anywhere },
  { out: "dist/languageclient.cjs", external: ["vscode"] },
);

async function together(modules, out, options = {}) {
  const contents = modules.map((name) => `export * from ${JSON.stringify(name)};`);
  await bundle({ ...of(contents.join("\n")), ...options }, { out });
}

function of(contents) {
  return { stdin: { contents, resolveDir: ROOT, loader: "ts" } };
}

writeFileSync(path.join(ROOT, "dist/pages.json"), shippedPages(path.join(ROOT, "docs")));
if (watch) progress.watch();
if (!development) writeThirdParty(metafiles);
