import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { env } from "node:process";
import { Script } from "node:vm";
import * as zlib from "node:zlib";

/**
 * Runs a bundle, and those beside it that it requires, compiled as they were at the end of a run before. Node.js' own cache keeps what was
 * compiled before anything ran; most functions are compiled when they are first called, which is a tenth of what a run costs.
 *
 * `folder`: one that nobody else can write, since V8 runs what it finds there. {@link https://nodejs.org/docs/latest-v24.x/api/vm.html#scriptcreatecacheddata}
 */
export function runKept(path: string, folder: string): void {
  const loaded = new Map<string, { exports: unknown }>();
  const compiled: Compiled[] = [];
  process.once("exit", () => {
    for (const one of compiled) keep(one, folder);
  });
  const load = (from: string): unknown => {
    const known = loaded.get(from);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(from, module);
    const others = createRequire(from);
    const require = (id: string): unknown => (id.startsWith("./") ? load(join(dirname(from), id)) : others(id));
    const one = compile(from, folder);
    compiled.push(one);
    one.script.runInThisContext()(module.exports, Object.assign(require, others), module, from, dirname(from));
    return module.exports;
  };
  load(path);
}

/** Whether this Node.js can, and nobody asked it not to keep what it compiles or to tell what of it ran. */
export const canKeep =
  typeof zlib.crc32 === "function" &&
  env.NODE_DISABLE_COMPILE_CACHE === undefined &&
  env.NODE_V8_COVERAGE === undefined;

interface Compiled {
  readonly script: Script;
  /** The file for it, by what was compiled and who compiled it. */
  readonly name: string;
  /** What the run took that left what was used, milliseconds of CPU time; undefined if there was nothing of use. */
  readonly from: number | undefined;
}

/** Before V8's data: their checksum, which V8 does not look at, and the milliseconds. */
const head = 8;

function compile(path: string, folder: string): Compiled {
  const bytes = readFileSync(path);
  const name = `${basename(path)}-${zlib.crc32(bytes, zlib.crc32(path)).toString(16)}-${bytes.length}-${process.version}-${process.arch}`;
  const kept = readKept(join(folder, name));
  // On a line of its own, so that a stack names the lines and columns of the bundle.
  const source = `(function (exports, require, module, __filename, __dirname) {\n${bytes.toString("utf8")}\n})`;
  const options = { filename: path, lineOffset: -1, ...(kept ? { cachedData: kept.subarray(head) } : {}) };
  const script = new Script(source, options);
  return { script, name, from: kept && !script.cachedDataRejected ? kept.readUInt32LE(4) : undefined };
}

function readKept(file: string): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    return kept.length > head && kept.readUInt32LE(0) === zlib.crc32(kept.subarray(4)) ? kept : undefined;
  } catch {
    // None is there yet.
    return undefined;
  }
}

/** Of a long run V8 has thrown away what it has not called for a while; one that is hardly longer has hardly compiled more. */
function keep({ script, name, from }: Compiled, folder: string): void {
  const { user, system } = process.cpuUsage();
  const took = Math.round((user + system) / 1000);
  if (took > 2000 || (from !== undefined && took < 4 * from)) return;
  const file = join(folder, name);
  try {
    const kept = Buffer.concat([Buffer.alloc(head), script.createCachedData()]);
    kept.writeUInt32LE(took, 4);
    kept.writeUInt32LE(zlib.crc32(kept.subarray(4)), 0);
    writeFileSync(`${file}.${process.pid}`, kept, { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    if (from === undefined) forgetOld(folder);
  } catch {
    // Where there is no room the next start takes as long as this one.
  }
}

/** What was kept of versions that nobody has started for a month. */
function forgetOld(folder: string): void {
  const month = 30 * 24 * 3600 * 1000;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (/\.cjs-/.test(name) && Date.now() - statSync(file).mtimeMs > month) rmSync(file);
  }
}
