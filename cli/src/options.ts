import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { parsePrefix } from "#core/addresses/address.ts";
import { type Shape, shapes } from "#core/addresses/shape.ts";
import { parseVersion } from "#core/lint/config-file.ts";
import { UsageError } from "./command.ts";

/** node:util's parseArgs, whose complaints become a UsageError. */
export function parse<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name} is one of ${allowed.join(", ")}, not "${value}"`);
  return found;
}

export function shapeOption(value: string | undefined): Shape | undefined {
  return oneOf("cluster", value, shapes);
}

/** Prefixes parted by commas, as the API server's flag takes them. */
export function rangesOption(value: string | undefined): readonly string[] | undefined {
  const ranges = value?.split(",");
  const wrong = ranges?.find((text) => !parsePrefix(text));
  if (wrong !== undefined) throw new UsageError(`--service-cidr is a list of prefixes, and "${wrong}" is none`);
  return ranges;
}

/** "1.36" as 36 */
export function versionOption(value: string | undefined): number | undefined {
  const minor = value === undefined ? undefined : parseVersion(value);
  if (value !== undefined && minor === undefined)
    throw new UsageError(`--kubernetes is a version such as 1.36, not "${value}"`);
  return minor;
}

/** A whole number between two others. */
export function numberOption(
  name: string,
  value: string | undefined,
  byDefault: number,
  [least, most]: readonly [number, number],
): number {
  if (value === undefined) return byDefault;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not "${value}"`);
  return number;
}
