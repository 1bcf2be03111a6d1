import type { KubeObject } from "../cluster/cluster.ts";
import { companyOf, policyKinds } from "../facts/policies.ts";
import type { Document } from "../manifest/document.ts";
import type { Range } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Allowance } from "../policy/allowance.ts";
import { isPolicy } from "../policy/compile.ts";
import { type Direction, directions, type PodEndpoint } from "../policy/model.ts";
import { summarizePolicies } from "../policy/summarize.ts";

/** Where a line above a policy goes; what it says is worked out when the editor shows it. */
export interface Lens extends Range {
  readonly resource: Resource;
}

/** The policies of a document, each at its first line. */
export function lensesOf({ resources }: Document): Lens[] {
  return resources.flatMap((resource) => {
    // What a template or a patch leaves out, nobody can sum up.
    if (resource.partial || !policyKinds.includes(resource.kind)) return [];
    const { start } = resource.root;
    return [{ resource, start, end: start }];
  });
}

/**
 * What the pods of a policy may do per family, all policies that select them taken together:
 * `IPv6 egress: nothing; IPv4 egress: anywhere`.
 */
export function lensTitle(
  resource: Resource,
  all: readonly KubeObject[],
  pods: readonly PodEndpoint[],
): string | undefined {
  const policy = resource.toJSON() as KubeObject;
  if (!isPolicy(policy)) return undefined;
  const { objects, others, differs } = companyOf(policy, all, pods);
  const { ingress, egress } = summarizePolicies(objects);
  const by: Record<Direction, Summary> = { ingress, egress };
  const said = directions.flatMap((direction) => sentence(direction, by[direction]));
  if (said.length === 0) return "limits nothing";
  const title = said.join("; ") + together(others, differs);
  return title.length > longest ? `${title.slice(0, longest - 2)} \u2026` : title;
}

/** Characters; more would run out of a window. */
const longest = 80;

type Summary = Readonly<Record<"IPv4" | "IPv6", Allowance>>;

function sentence(direction: Direction, { IPv4, IPv6 }: Summary): string[] {
  if (!IPv4.limited && !IPv6.limited) return [];
  const [four, six] = [short(IPv4), short(IPv6)];
  return four === six
    ? [`IPv4 and IPv6 ${direction}: ${six}`]
    : [`IPv6 ${direction}: ${six}`, `IPv4 ${direction}: ${four}`];
}

/** A lens has one line. */
function short({ kind, text }: Allowance): string {
  if (kind === "unknown") return "not known";
  return text.length > 60 ? `${text.slice(0, text.lastIndexOf(" ", 58))} ...` : text;
}

function together(others: readonly string[], differs: boolean): string {
  const names = others.length > 2 ? `${others.length} other policies` : others.join(" and ");
  const more = differs ? ", and more for some of its pods" : "";
  return names === "" && more === "" ? "" : ` (${names === "" ? "by itself" : `together with ${names}`}${more})`;
}
