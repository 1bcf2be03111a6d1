import type { Finding } from "#core/lint/rule.ts";
import type { Field } from "#core/manifest/field.ts";
import type { Resource } from "#core/manifest/resource.ts";

/**
 * What is wrong where the path of a finding and what is underlined are not one place. They are where the field at the path, as the
 * document spells it, is what is underlined, or its key, or, where readers name a list, holds it. What is absent has the path it would have,
 * and something is underlined in the field that is there and lacks it. Offsets of `finding` count as those of `resources`.
 */
export function misplaced(
  { rule, path, start, end }: Finding,
  resources: readonly Resource[],
  text: string,
): string | undefined {
  const fields = resources.flatMap(({ root }) => [root, ...below(root)]);
  const named = fields.filter((field) => field.path === path);
  const places = named.length > 0 ? named : fields.filter((field) => field.type === "map" && isChildOf(path, field));
  if (places.some((field) => holds(field, start, end))) return undefined;
  return `${rule}: ${path} is not ${named.length > 0 ? "" : "lacking "}where ${JSON.stringify(text.slice(start, end))} stands`;
}

function holds(field: Field, start: number, end: number): boolean {
  // What YAML read as something else may go on behind what it read.
  if (start === field.start) return true;
  return Math.min(field.start, field.key.start) <= start && end <= Math.max(field.end, field.key.end);
}

function isChildOf(path: string, { path: parent }: Field): boolean {
  if (parent === "") return /^[\w-]+$/.test(path);
  return path.startsWith(parent) && /^(?:\.[\w-]+|\[[^\]]+\])$/.test(path.slice(parent.length));
}

function* below(field: Field): Generator<Field> {
  for (const next of [...field.entries().map(([, value]) => value), ...field.items()]) {
    yield next;
    yield* below(next);
  }
}
