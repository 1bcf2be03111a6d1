/** Reading JSON that nobody has validated: whatever has the wrong shape reads as absent, so input never makes policy code throw. */
export type Json = Readonly<Record<string, unknown>>;

/** The value if it is a mapping, else an empty one. */
export function mapping(value: unknown): Json {
  return isMapping(value) ? value : {};
}

export function isMapping(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is a list, else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The strings of a list, each with its index in that list. */
export function strings(value: unknown): { readonly text: string; readonly index: number }[] {
  return list(value).flatMap((text, index) => (typeof text === "string" ? [{ text, index }] : []));
}

export function string(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A finite number; a string of digits counts as one, because YAML quotes are easily lost or gained. */
export function number(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{1,9}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A value of a mapping that is its own, so that a label called "constructor" is not found in every pod. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
