import type { Prefix } from "../addresses/address.ts";
import { cursorAt } from "../manifest/cursor.ts";
import type { Document } from "../manifest/document.ts";
import { docAt } from "./hover/hover.ts";
import { bodyOf } from "./snippet-text.ts";
import { snippets } from "./snippets/index.ts";

export interface Completion {
  readonly label: string;
  readonly kind: "value" | "key" | "snippet";
  readonly insert: string;
  readonly detail?: string;
  /** Markdown */
  readonly documentation?: string;
  /** The offsets in the document that `insert` replaces. */
  readonly start: number;
  readonly end: number;
}

/** A prefix that the workspace hands out addresses from, and what for. */
export interface KnownPrefix {
  readonly text: string;
  readonly what: string;
}

const policies = [
  ["PreferDualStack", "both families where the cluster has both"],
  ["RequireDualStack", "both families, refused on a single-stack cluster"],
  ["SingleStack", "one family, the default"],
] as const;

/** Fields that take one of a few words, each in a spelling of its own. */
const choices: readonly { readonly kind?: string; readonly where: RegExp; readonly words: readonly string[] }[] = [
  { where: /^addressType$/, words: ["IPv4", "IPv6"] },
  { kind: "EnvoyProxy", where: /^spec\.ipFamily$/, words: ["IPv4", "IPv6", "DualStack"] },
  { where: /(?:^|\.)(?:cephClusterSpec|spec)\.network\.ipFamily$/, words: ["IPv4", "IPv6"] },
  { kind: "Cluster", where: /^networking\.ipFamily$/, words: ["ipv4", "ipv6", "dual"] },
  { kind: "ClusterConfig", where: /^kubernetesNetworkConfig\.ipFamily$/, words: ["IPv4", "IPv6"] },
];

/** What fits at an offset: fields and values of IP families, prefixes of the address plan, manifests to start from. */
export function completionsAt(
  document: Document,
  offset: number,
  prefixes: readonly KnownPrefix[],
  ula: Prefix,
): Completion[] {
  const { text, program } = document;
  if (program !== undefined) return [];
  const { path, place, typed, start, inFlow } = cursorAt(text, offset);
  const kind = /^kind:[ \t]*(\w+)/m.exec(text)?.[1] ?? "";
  const at = { start, end: offset };
  const where = path.join(".");
  if (path.length === 0 && place === "key" && !/^(?:apiVersion|kind|spec):/m.test(text))
    return snippets
      .filter(({ id, snippet }) => typed === "" || `${id} ${snippet.title}`.toLowerCase().includes(typed.toLowerCase()))
      .map(({ id, snippet }) => ({
        label: `ipv6 ${id}`,
        kind: "snippet",
        insert: bodyOf(snippet, ula),
        detail: snippet.title,
        ...at,
      }));
  if (kind === "Service" && where === "spec" && place === "key")
    return serviceKeys(document).map((key) => ({ ...key, ...at }));
  if (place !== "value") return [];
  // Also in what another object wraps up: the values of a release, a patch.
  if (/(?:^|\.)ipFamilyPolicy$/.test(where))
    return policies.map(([label, detail]) => ({ label, kind: "value", insert: label, detail, ...at }));
  if (/(^|\.)ipFamilies\.\[\]$/.test(where))
    return families(document, text, inFlow).map((label) => ({ label, kind: "value", insert: label, ...at }));
  const words = choices.find((one) => (one.kind === undefined || one.kind === kind) && one.where.test(where))?.words;
  if (words) return words.map((label) => ({ label, kind: "value", insert: label, ...at }));
  if (
    /(^|\.)(cidr|cidrs\.\[\]|cidrBlocks\.\[\]|except\.\[\]|podCIDRs?\.?\[?\]?|nets\.\[\]|loadBalancerSourceRanges\.\[\])$/.test(
      where,
    )
  )
    return cidrs(prefixes, inFlow, at);
  return [];
}

function serviceKeys({ resources: [resource] }: Document): Omit<Completion, "start" | "end">[] {
  const known = [
    [
      "ipFamilyPolicy",
      choice(
        "ipFamilyPolicy: ",
        policies.map(([policy]) => policy),
      ),
    ],
    ["ipFamilies", choice("ipFamilies:\n  - ", ["IPv4", "IPv6"])],
  ] as const;
  return known
    .filter(([key]) => !resource?.get("spec", key))
    .map(([label, insert]) => {
      const doc = docAt("Service", `spec.${label}`);
      return { label, kind: "key", insert, ...(doc ? { documentation: `${doc.says} ([source](${doc.source}))` } : {}) };
    });
}

/** A place to fill in that offers some words, as editors spell it in a snippet. */
function choice(before: string, words: readonly string[]): string {
  return `${before}\${1|${words.join(",")}|}`;
}

/** What the list does not name yet; a list broken by half-typed text is read from its line. */
function families({ resources: [resource] }: Document, text: string, inFlow: boolean): string[] {
  const listed =
    resource
      ?.get("spec", "ipFamilies")
      ?.items()
      .flatMap((item) => item.text ?? []) ?? [];
  const line = inFlow ? (/ipFamilies:\s*\[([^\n]*)/.exec(text)?.[1] ?? "") : "";
  return ["IPv4", "IPv6"].filter((family) => !listed.includes(family) && !line.includes(family));
}

function cidrs(prefixes: readonly KnownPrefix[], inFlow: boolean, at: { start: number; end: number }): Completion[] {
  const everything = [
    { text: "0.0.0.0/0", what: "every IPv4 address, no IPv6 address" },
    { text: "::/0", what: "every IPv6 address, no IPv4 address" },
  ];
  return [...prefixes, ...everything].map(({ text, what }) => ({
    label: text,
    kind: "value",
    // A plain scalar may not start with ":" inside brackets.
    insert: inFlow ? `"${text}"` : text,
    detail: what,
    ...at,
  }));
}
