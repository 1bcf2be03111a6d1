// What goes into which bundle, as plugins of esbuild: what is wanted later, or not by all, is a bundle of its own.
import path from "node:path";
import * as yaml from "yaml";

const ROOT = path.resolve(import.meta.dirname, "..");

/**
 * The Kubernetes client and the diagnosis with all its causes are most of the code, and wanted only when a cluster is looked at: what is
 * loaded with `import("#cluster/...")`, `import("#core/diagnosis/...")` of mends or of prevention goes into a bundle of its own, which all the others share.
 */
export const apart = [
  { filter: /^#cluster\//, name: "cluster", modules: new Set() },
  { filter: /^#core\/(?:diagnosis|mends|prevention)\//, name: "diagnosis", modules: new Set() },
];

export function lazyApart(names = apart.map(({ name }) => name)) {
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
export const serverApart = {
  name: "server-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/serve\.ts$/ }, () => ({ path: "./server-core.cjs", external: true }));
  },
};

/**
 * Each command is a bundle of its own: nobody pays for another, and what is not loaded in parts needs no function around each of its
 * modules, which are most of what a start costs.
 */
export const commandsApart = {
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
export const yamlLater = {
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
export function mainApart(main) {
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

export function halves(name) {
  const half = (which) => `get ${which}() { return require("${name}/${which}"); }`;
  return `module.exports = { ...require("${name}"), ${half("node")}, ${half("browser")} };`;
}

export const halvesApart = {
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
export const urlLater = {
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
export const builtinsLater = {
  name: "builtins-later",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(?:child_process|crypto)$/ }, ({ path: name }) => ({ path: name, namespace: "later" }));
    onLoad({ filter: /.*/, namespace: "later" }, ({ path: name }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, key) => require("node:${name}")[key] });`,
    }));
  },
};
