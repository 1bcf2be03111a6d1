import { pointed } from "../manifest/json-patch.ts";
import { type BuiltPart, changedAt, partAt, partEntries, partItems, partText, type Steps, typeOf } from "./parts.ts";

/** What the operations of a JSON patch make of an object; undefined where one of them does not fit. {@link https://www.rfc-editor.org/rfc/rfc6902} */
export function operated(base: BuiltPart, operations: BuiltPart): BuiltPart | undefined {
  let result: BuiltPart | undefined = base;
  for (const operation of partItems(operations)) result = result && made(result, operation);
  return result;
}

function made(base: BuiltPart, operation: BuiltPart): BuiltPart | undefined {
  const said = (key: string) => partText(partAt(operation, [key]));
  const [path, from, value] = [said("path"), said("from"), partAt(operation, ["value"])];
  if (path === undefined) return undefined;
  switch (said("op")) {
    case "add":
      return value && added(base, path, value);
    case "replace":
      return value && replaced(base, path, () => value);
    case "remove":
      return replaced(base, path, () => undefined);
    case "copy":
    case "move": {
      const there = from === undefined ? undefined : at(base, from);
      if (from === undefined || !there) return undefined;
      const without = said("op") === "move" ? replaced(base, from, () => undefined) : base;
      return without && added(without, path, there);
    }
    case "test": {
      const there = at(base, path);
      return there && value && plain(there) === plain(value) ? base : undefined;
    }
    default:
      return undefined;
  }
}

function at(base: BuiltPart, pointer: string): BuiltPart | undefined {
  const steps = stepsOf(base, pointer);
  return steps && partAt(base, steps);
}

function replaced(base: BuiltPart, pointer: string, make: () => BuiltPart | undefined): BuiltPart | undefined {
  const steps = stepsOf(base, pointer);
  return steps && partAt(base, steps) ? changedAt(base, steps, make) : undefined;
}

function added(base: BuiltPart, pointer: string, value: BuiltPart): BuiltPart | undefined {
  const steps = stepsOf(base, pointer);
  const last = steps?.at(-1);
  if (!steps || last === undefined) return undefined;
  const above = steps.slice(0, -1);
  const parent = partAt(base, above);
  if (!parent) return undefined;
  if (typeOf(parent) === "map") return changedAt(base, steps, () => value);
  if (typeOf(parent) !== "seq") return undefined;
  const items = partItems(parent);
  const index = pointer.endsWith("/-") ? items.length : last;
  if (typeof index !== "number" || index > items.length) return undefined;
  const more: BuiltPart = { kind: "seq", items: [...items.slice(0, index), value, ...items.slice(index)] };
  return changedAt(base, above, () => more);
}

/** A number is a key where a mapping stands. */
function stepsOf(base: BuiltPart, pointer: string): Steps | undefined {
  const steps: (string | number)[] = [];
  for (const step of pointed(pointer) ?? []) {
    const parent = partAt(base, steps);
    steps.push(typeof step === "number" && parent && typeOf(parent) === "map" ? String(step) : step);
  }
  return steps.length > 0 ? steps : undefined;
}

/** In a form that can be compared. */
function plain(part: BuiltPart): string {
  const type = typeOf(part);
  if (type === "seq") return `[${partItems(part).map(plain).join()}]`;
  if (type === "scalar") return JSON.stringify(partText(part) ?? null);
  return `{${partEntries(part)
    .map(({ key, value }) => `${JSON.stringify(key)}:${plain(value)}`)
    .sort()
    .join()}}`;
}
