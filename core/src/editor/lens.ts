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
  const limited = directions.filter((direction) => by[direction].IPv4.limited || by[direction].IPv6.limited);
  if (limited.length === 0) return "limits nothing";
  const forms = [
    limited.flatMap((direction) => sentence(direction, by[direction])).join("; "),
    ...[24, 16, 10].map((most) => brief(limited, by, most)),
  ].map((form) => form + together(others, differs));
  const title = forms.find(({ length }) => length <= longest) ?? forms.at(-1) ?? "";
  return title.length > longest ? `${title.slice(0, longest - 2)} \u2026` : title;
}

/** Characters; more would run out of a window. */
const longest = 80;

type Summary = Readonly<Record<"IPv4" | "IPv6", Allowance>>;

function sentence(direction: Direction, { IPv4, IPv6 }: Summary): string[] {
  const [four, six] = [short(IPv4), short(IPv6)];
  return four === six
    ? [`IPv4 and IPv6 ${direction}: ${six}`]
    : [`IPv6 ${direction}: ${six}`, `IPv4 ${direction}: ${four}`];
}

/** A family after the other, each with both directions: `IPv6 in: nothing, out: anywhere; IPv4 in: nothing, out: 10.0.0.0/8` */
function brief(limited: readonly Direction[], by: Record<Direction, Summary>, most: number): string {
  const words = { ingress: "in", egress: "out" } as const;
  return (["IPv6", "IPv4"] as const)
    .map((family) => {
      const allowed = limited.map((direction) => `${words[direction]}: ${short(by[direction][family], most)}`);
      return `${family} ${allowed.join(", ")}`;
    })
    .join("; ");
}

/** A lens has one line. */
function short({ kind, text }: Allowance, most = 60): string {
  if (kind === "unknown") return "not known";
  if (text.length <= most) return text;
  const space = text.lastIndexOf(" ", most - 2);
  return `${text.slice(0, space > 0 ? space : most - 2)} ...`;
}

function together(others: readonly string[], differs: boolean): string {
  const names = others.length > 2 ? `${others.length} other policies` : others.join(" and ");
  const more = differs ? ", and more for some of its pods" : "";
  return names === "" && more === "" ? "" : ` (${names === "" ? "by itself" : `together with ${names}`}${more})`;
}
