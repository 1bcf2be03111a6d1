import type { Family } from "../addresses/address.ts";
import type { Field, Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { type Flag, programFlags } from "./flags.ts";

/** The length of the prefix that each node gets. */
export interface NodeMask {
  readonly length: number;
  /** Where the length is written; undefined for the installer's default. */
  readonly at?: Place;
  /** What sets it. */
  readonly key: string;
}

/** Kubernetes' own: cmd/kube-controller-manager/app/core.go */
const usualMask = { IPv4: 24, IPv6: 64 } as const;

export const maskFlag = (family: Family) => `node-cidr-mask-size-${family.toLowerCase()}`;

export function writtenMask(
  field: Field | undefined,
  key: string,
  byDefault: number | undefined,
): NodeMask | undefined {
  if (!field) return byDefault === undefined ? undefined : { length: byDefault, key };
  return /^\d+$/.test(field.text ?? "") ? { length: Number(field.text), at: field, key } : undefined;
}

/** What the controller manager's flags say where an installer's file has them; undefined if nodes are given no prefix. */
export function maskFrom(config: Resource, family: Family, single: boolean, prefix: string): NodeMask | undefined {
  const flags = programFlags(config, "kube-controller-manager");
  return maskOfFlags(flags, family, single, prefix);
}

/** The same of flags that were found elsewhere. */
export function maskOfFlags(
  flags: ReadonlyMap<string, Flag> | undefined,
  family: Family,
  single: boolean,
  prefix: string,
): NodeMask | undefined {
  if (flags?.get("allocate-node-cidrs")?.text === "false") return undefined;
  const names = [maskFlag(family), ...(single ? ["node-cidr-mask-size"] : [])];
  const name = names.find((one) => flags?.has(one));
  const flag = name === undefined ? undefined : flags?.get(name);
  if (!flag) return { length: usualMask[family], key: prefix + maskFlag(family) };
  return /^\d+$/.test(flag.text) ? { length: Number(flag.text), at: flag, key: prefix + name } : undefined;
}
