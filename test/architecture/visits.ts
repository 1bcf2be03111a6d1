/**
 * Preloaded with `--import`: writes down in which order files of the product are first visited, which is when one of their functions is
 * called. At the end their paths from the top stand in the file that KUBE_IPV6_VISITS names, as a JSON list. It begins with the first
 * visit to KUBE_IPV6_FROM: what modules do when they are loaded is no part of any way.
 */
import { writeFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const top = path.resolve(import.meta.dirname, "../..");
const visited = new Set<string>();
const target = process.env.KUBE_IPV6_VISITS;

const from = process.env.KUBE_IPV6_FROM;

Object.assign(globalThis, {
  visit(file: string) {
    if (file === from && !visited.has(file)) visited.clear();
    visited.add(file);
  },
});
if (target !== undefined) process.on("exit", () => writeFileSync(target, JSON.stringify([...visited])));

registerHooks({
  load(url, context, next) {
    const file = url.startsWith("file:") ? path.relative(top, fileURLToPath(url)).replaceAll(path.sep, "/") : "";
    const loaded = next(url, context);
    if (!/^(?:core|cli)\/src\/.*\.ts$/.test(file)) return loaded;
    const source = stripTypeScriptTypes(String(loaded.source));
    return { format: "module", source: announcing(source, `visit(${JSON.stringify(file)});`), shortCircuit: true };
  },
});

/** A declared function, or a method of a class or an object, up to its parameters. */
const head =
  /^(?:export )?(?:async )?function\*? [\w$]+|^ {2}(?!(?:if|for|while|switch|catch|return)\b)(?:static |async |get |set |\*)*#?[\w$]+(?=\()/gm;

/** Puts a statement at the beginning of every function that is declared. */
function announcing(source: string, statement: string): string {
  const places = [...source.matchAll(head)].flatMap(({ index, 0: text }) => bodyOf(source, index + text.length) ?? []);
  return places.reverse().reduce((text, at) => text.slice(0, at) + statement + text.slice(at), source);
}

/** Where the body of a function begins whose parameters begin at the next parenthesis; undefined where it has none. */
function bodyOf(source: string, from: number): number | undefined {
  let at = source.indexOf("(", from);
  for (let depth = 0; at < source.length; at++) {
    if (source[at] === "(") depth++;
    if (source[at] === ")" && --depth === 0) break;
  }
  const rest = /^\)\s*\{/.exec(source.slice(at, at + 400));
  return rest ? at + rest[0].length : undefined;
}
