/**
 * The rooms of core/src: which imports which, on how many floors they stand, and what breaks the law of the house. Read from
 * the import lines, types included. `node scripts/rooms.ts` prints it; test/rooms.test.ts holds it.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Rooms {
  /** Every folder directly below core/src, the ground first, by floor and name. */
  readonly floors: readonly (readonly string[])[];
  /** "causes -> judging": each pair once. */
  readonly arrows: readonly string[];
  /** Arrows on a way that leads back to where it began, and the files that make them. */
  readonly back: readonly string[];
  /** Source files that lie in no room. */
  readonly loose: readonly string[];
}

const importLine = /^(?:import|export) [^"']*from "(\.[^"]+)";/gm;

/** What the source files below a folder import of each other. */
export function roomsOf(folder: string): Rooms {
  const files = readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".ts"));
  const made = new Map<string, string[]>();
  for (const file of files)
    for (const [, specifier = ""] of readFileSync(path.join(folder, file), "utf8").matchAll(importLine)) {
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
      const arrow = `${roomOf(file)} -> ${roomOf(target)}`;
      if (roomOf(file) !== roomOf(target)) made.set(arrow, [...(made.get(arrow) ?? []), file]);
    }
  const below = new Map<string, Set<string>>();
  for (const room of new Set(files.map(roomOf))) below.set(room, new Set());
  for (const arrow of made.keys()) {
    const [from = "", to = ""] = arrow.split(" -> ");
    below.get(from)?.add(to);
  }
  return {
    floors: floorsOf(below),
    arrows: [...made.keys()].sort(),
    back: [...made]
      .filter(([arrow]) => leadsBack(arrow, below))
      .map(([arrow, by]) => `${arrow} (${[...new Set(by)].join(", ")})`),
    loose: files.filter((file) => !file.includes("/")),
  };
}

function roomOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : file;
}

function leadsBack(arrow: string, below: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const [home = "", first = ""] = arrow.split(" -> ");
  const seen = new Set<string>();
  const open = [first];
  for (let room = open.pop(); room !== undefined; room = open.pop()) {
    if (room === home) return true;
    if (seen.has(room)) continue;
    seen.add(room);
    open.push(...(below.get(room) ?? []));
  }
  return false;
}

/** A room stands one floor above the highest that it imports; rooms in a circle share what is left. */
function floorsOf(below: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const floors: string[][] = [];
  const placed = new Set<string>();
  while (placed.size < below.size) {
    const ready = [...below].filter(
      ([room, needs]) => !placed.has(room) && [...needs].every((need) => placed.has(need)),
    );
    const floor = (ready.length > 0 ? ready : [...below].filter(([room]) => !placed.has(room))).map(([room]) => room);
    floors.push(floor.sort());
    for (const room of floor) placed.add(room);
  }
  return floors;
}

/** A few lines for people. */
export function describeRooms({ floors, arrows, back, loose }: Rooms): string {
  return [
    `rooms ${floors.flat().length}, floors ${floors.length}, arrows ${arrows.length}, loose files ${loose.length}, ways back ${back.length}`,
    ...floors.map((floor, level) => `  floor ${level}: ${floor.join(", ")}`).reverse(),
    ...loose.map((file) => `  loose: ${file}`),
    ...back.map((way) => `  leads back: ${way}`),
  ].join("\n");
}

if (import.meta.main) console.log(describeRooms(roomsOf(path.resolve(import.meta.dirname, "../core/src"))));
