// Bundles what is shipped into dist/: `node scripts/build.mjs`. With --dev it is readable and can be debugged, with --watch it is
// bundled anew whenever a file changes. Runs on any Node.js from 20.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { context } from "esbuild";
import * as yaml from "yaml";
import { writeThirdParty } from "./third-party.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");

const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));

const watch = process.argv.includes("--watch");
const development = watch || process.argv.includes("--dev");

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

/**
 * The Kubernetes client and the diagnosis with all its causes are most of the code, and wanted only when a cluster is looked at: what is
 * loaded with `import("#cluster/...")` or `import("#core/diagnosis/...")` goes into a bundle of its own, which all the others share.
 */
const apart = [
  { filter: /^#cluster\//, name: "cluster", modules: new Set() },
  { filter: /^#core\/diagnosis\//, name: "diagnosis", modules: new Set() },
];

function lazyApart(names = apart.map(({ name }) => name)) {
  return {
    name: "lazy-apart",
    setup({ onResolve }) {
      for (const { filter, name, modules } of apart.filter((one) => names.includes(one.name)))
        onResolve({ filter }, ({ kind, path: module }) => {
          if (kind !== "dynamic-import") return undefined;
          modules.add(module);
          return { path: `./${name}.cjs`, external: true };
        });
    },
  };
}

/**
 * The server answers `initialize` before it loads the rules, so these are a bundle of their own.
 */
const serverApart = {
  name: "server-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/serve\.ts$/ }, () => ({ path: "./server-core.cjs", external: true }));
  },
};

/**
 * Each command is a bundle of its own: nobody pays for another, and what is not loaded in parts needs no function around each of its
 * modules, which are most of what a start costs.
 */
const commandsApart = {
  name: "commands-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ kind, importer, path: module }) =>
      kind === "dynamic-import" && importer === path.join(ROOT, "cli/src/commands/index.ts")
        ? { path: `./cli-${path.parse(module).name}.cjs`, external: true }
        : undefined,
    );
  },
};

/** The recovering parser is wanted for broken text alone, and takes a tenth of a start to load. */
const yamlLater = {
  name: "yaml-later",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^yaml$/ }, () => ({ path: "yaml", namespace: "yaml-later" }));
    onResolve({ filter: /^\.\/yaml\.cjs$/ }, ({ path: bundled }) => ({ path: bundled, external: true }));
    onLoad({ filter: /.*/, namespace: "yaml-later" }, () => ({
      contents: Object.keys(yaml)
        .filter((name) => /^(?!default)[a-z]\w*$/.test(name))
        .map((name) => `export const ${name} = (...given) => require("./yaml.cjs").${name}(...given);`)
        .join("\n"),
    }));
  },
};

/** What is to be kept compiled is loaded when it is known where. */
function mainApart(main) {
  return {
    name: "main-apart",
    setup({ onResolve }) {
      if (main) onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: main, external: true }));
    },
  };
}

/**
 * What VS Code's own libraries have for Node.js and for browsers, over one common part, in one bundle; either is only evaluated when it is
 * asked for.
 */
const halved = { "vscode-languageserver": "./protocol.cjs", "vscode-languageclient": "./languageclient.cjs" };

function halves(name) {
  const half = (which) => `get ${which}() { return require("${name}/${which}"); }`;
  return `module.exports = { ...require("${name}"), ${half("node")}, ${half("browser")} };`;
}

const halvesApart = {
  name: "halves-apart",
  setup({ onLoad, onResolve }) {
    const filter = new RegExp(`^(${Object.keys(halved).join("|")})(?:/(node|browser))?$`);
    onResolve({ filter }, ({ path: module }) => {
      const [, name, half] = filter.exec(module);
      return half ? { path: module, namespace: "half" } : { path: halved[name], external: true };
    });
    onResolve({ filter: /./, namespace: "half" }, ({ path: bundled }) => ({ path: bundled, external: true }));
    onLoad({ filter: /./, namespace: "half" }, ({ path: module }) => {
      const [, name, half] = filter.exec(module);
      return { contents: `module.exports = require("${halved[name]}").${half};` };
    });
  },
};

/** What server and browsers share asks Node.js for this alone, where there are paths. */
const urlLater = {
  name: "url-later",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^node:url$/ }, ({ path: name, namespace }) =>
      namespace === "url-later" ? { path: name, external: true } : { path: name, namespace: "url-later" },
    );
    onLoad({ filter: /./, namespace: "url-later" }, () => ({
      contents: ["fileURLToPath", "pathToFileURL"]
        .map((name) => `export const ${name} = (...given) => require("node:url").${name}(...given);`)
        .join("\n"),
    }));
  },
};

/** The protocol wants these for pipes and for processes of its own, which the server has none of: loading them takes a tenth of its start. */
const builtinsLater = {
  name: "builtins-later",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(?:child_process|crypto)$/ }, ({ path: name }) => ({ path: name, namespace: "later" }));
    onLoad({ filter: /.*/, namespace: "later" }, ({ path: name }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, key) => require("node:${name}")[key] });`,
    }));
  },
};

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

/** Says what was bundled, each time. */
function reporting(out) {
  const name = path.basename(out);
  return {
    name: "reporting",
    setup({ onStart, onEnd }) {
      onStart(() => console.log(`bundling ${out}`));
      onEnd(({ metafile }) => {
        if (!metafile) return console.log(`failed   ${out}`);
        // What is in a bundle, for https://esbuild.github.io/analyze/
        writeFileSync(path.join(ROOT, "out", `${name}.meta.json`), JSON.stringify(metafile));
        if (!development) renameSync(path.join(ROOT, `${out}.map`), path.join(ROOT, "out", `${name}.map`));
        metafiles.set(out, metafile.outputs[out]);
        const { bytes, inputs } = metafile.outputs[out];
        const size = `${(bytes / 1024).toFixed(0).padStart(5)} KiB from ${Object.keys(inputs).length} files`;
        return console.log(`bundled  ${out.padEnd(24)} ${size}`);
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
await together(["yaml"], "dist/yaml.cjs");
await bundle({ ...of(halves("vscode-languageserver")), plugins: [builtinsLater] }, { out: "dist/protocol.cjs" });
await bundle(of(halves("vscode-languageclient")), { out: "dist/languageclient.cjs", external: ["vscode"] });

async function together(modules, out, { plugins = [] } = {}) {
  const contents = modules.map((name) => `export * from ${JSON.stringify(name)};`);
  await bundle({ ...of(contents.join("\n")), plugins }, { out });
}

function of(contents) {
  return { stdin: { contents, resolveDir: ROOT, loader: "ts" }, conditions: ["browser"] };
}

if (!development) writeThirdParty(metafiles);
