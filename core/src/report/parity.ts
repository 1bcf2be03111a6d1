/** What `policy --parity` says, for people and for programs. */
import { intendedBy } from "../parity/intended.ts";
import type { Difference, Instance, Intended, Parity } from "../parity/model.ts";
import { type Traffic, trafficText } from "../parity/traffic.ts";
import { endpointText } from "../policy/peers.ts";
import { refText } from "../policy/ref.ts";
import { printableIn, printableJson } from "../text/printable.ts";

/** Where in a file a path of a policy stands, counted from 0; undefined for what came from a cluster. */
export type PlaceOf = (difference: Difference) => { readonly file: string; readonly line: number } | undefined;

/** A difference as programs read it. */
export interface ParityFinding {
  /** The family that is let through where the other one is not. */
  readonly open: "IPv4" | "IPv6";
  readonly direction: "ingress" | "egress";
  /** `Deployment shop/web`, in the order of the objects. */
  readonly workloads: readonly string[];
  /** `the Internet`, `pods of Deployment shop/db`. */
  readonly peers: readonly string[];
  readonly traffic: string;
  /** `NetworkPolicy shop/web` and where in it; the first rule that one family's packets meet and the other's do not. */
  readonly rule: {
    readonly policy: string;
    readonly path: string;
    readonly text: string;
    readonly meets: "IPv4" | "IPv6";
  };
  readonly witness: {
    readonly pod: string;
    readonly IPv4: End;
    readonly IPv6: End;
    readonly traffic: string;
  };
  readonly edit?: {
    readonly says: string;
    readonly op: string;
    readonly path: string;
    readonly values: readonly unknown[];
  };
  readonly file?: string;
  /** Counted from 0. */
  readonly line?: number;
  /** Why somebody wants it so. */
  readonly intended?: string;
}

interface End {
  /** An address, or a pod or node that has one of each family. */
  readonly peer: string;
  readonly ruling: "allowed" | "denied" | "unknown";
  readonly decidedBy?: string;
}

export function parityFindings(
  { differences }: Parity,
  intended: readonly Intended[],
  placeOf: PlaceOf,
): readonly ParityFinding[] {
  return differences.map((difference) => {
    const { open, direction, divergence, instances, edit } = difference;
    const witness = [...instances].sort((a, b) => rank(a) - rank(b))[0] as Instance;
    const wanted = intendedBy(difference, intended);
    return {
      open,
      direction,
      workloads: unique(instances.flatMap(({ subject }) => subject.groups.flatMap(({ workloads }) => workloads))),
      peers: unique(instances.map(({ peer }) => (peer.kind === "pod" ? `pods of ${peer.text}` : peer.text))),
      traffic: trafficText(instances.flatMap(({ traffic }) => traffic)),
      rule: {
        policy: refText(divergence.policy),
        path: divergence.path,
        text: divergence.text,
        meets: divergence.matched,
      },
      witness: witnessOf(witness),
      ...(edit ? { edit } : {}),
      ...placeOf(difference),
      ...(wanted ? { intended: wanted.reason } : {}),
    };
  });
}

/** An address outside is the plainest to try. */
function rank({ peer: { kind, text } }: Instance): number {
  return text === "the Internet" ? 0 : kind === "outside" ? 1 : 2;
}

function witnessOf({ pod, peer, traffic, ruled }: Instance): ParityFinding["witness"] {
  const end = (family: "IPv4" | "IPv6"): End => {
    const { ruling, decidedBy } = ruled[family];
    const by = decidedBy && `${refText(decidedBy.policy)} ${decidedBy.path} (${decidedBy.text})`;
    const text = peer.kind === "node" ? peer.text : endpointText(peer[family]);
    return { peer: text, ruling, ...(by ? { decidedBy: by } : {}) };
  };
  return { pod: endpointText(pod), IPv4: end("IPv4"), IPv6: end("IPv6"), traffic: sampleText(traffic[0] as Traffic) };
}

function sampleText({ protocol, first }: Traffic): string {
  return protocol === "ping" ? "ping" : `${protocol} ${first}`;
}

/** The whole of it as one JSON object, described in docs/parity.md. */
export function parityToJson(parity: Parity, findings: readonly ParityFinding[], exitCode: number): string {
  const { unjudged, pods, policies, singleStack } = parity;
  const document = {
    kind: "kube-ipv6 parity",
    version: 1,
    exitCode,
    pods,
    policies,
    singleStack,
    differences: findings,
    unjudged,
  };
  return printableJson(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** What is not known for other reasons than the addresses of pods is for the caller to say. */
export function parityToText(parity: Parity, all: readonly ParityFinding[]): string {
  const findings = printableIn(all);
  const news = findings.filter(({ intended }) => intended === undefined);
  const wanted = findings.filter(({ intended }) => intended !== undefined);
  return [
    ...news.map(paragraph),
    ...(wanted.length === 0
      ? []
      : [`Intended:\n${wanted.map((one) => `  ${parityTitle(one)}: ${one.intended}\n`).join("")}`]),
    ...parity.unjudged.flatMap(({ because, count, addresses }) =>
      addresses ? [`Not judged (${count} times): ${printableIn(because)}\n`] : [],
    ),
    `${parityConclusion(parity, news.length, wanted.length)}\n`,
  ].join("\n");
}

function paragraph(finding: ParityFinding): string {
  const { rule, witness, edit, file, line, peers, traffic } = finding;
  const other = finding.open === "IPv6" ? "IPv4" : "IPv6";
  const place = file === undefined ? "" : `   ${file}:${(line ?? 0) + 1}`;
  const [open, closed] = [witness[finding.open], witness[other]];
  return [
    parityTitle(finding),
    `  ${finding.direction === "egress" ? "to" : "from"} ${several(peers)}: ${traffic}`,
    `  ${rule.policy} ${rule.path} (${rule.text}) meets ${rule.meets} alone${place}`,
    `  ${finding.open}: ${witness.pod} ${arrow(finding)} ${open.peer}, ${witness.traffic}, allowed${by(open)}`,
    `  ${other}: ${witness.pod} ${arrow(finding)} ${closed.peer}, ${witness.traffic}, denied${by(closed)}`,
    ...(edit
      ? [
          `  edit: ${edit.says}`,
          `        ${edit.path}: ${edit.values.map((value) => JSON.stringify(value)).join(", ")}`,
        ]
      : [
          `  edit: name what stands for it in ${rule.meets === "IPv4" ? "IPv6" : "IPv4"}, or declare it in .kube-ipv6.yaml`,
        ]),
    "",
  ].join("\n");
}

/** `IPv6 open, IPv4 closed: egress of Deployment shop/web` */
export function parityTitle({ open, direction, workloads }: ParityFinding): string {
  return `${open} open, ${open === "IPv6" ? "IPv4" : "IPv6"} closed: ${direction} of ${several(workloads)}`;
}

function by({ decidedBy }: End): string {
  return decidedBy === undefined ? ": no policy limits it" : ` by ${decidedBy}`;
}

function arrow({ direction }: ParityFinding): string {
  return direction === "egress" ? "to" : "from";
}

function several(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** "1 difference between IPv4 and IPv6. 3 pods and 2 policies were looked at." */
export function parityConclusion({ pods, policies, singleStack }: Parity, news: number, wanted: number): string {
  if (policies === 0) return "No differences between IPv4 and IPv6: there was no policy to judge.";
  const of = `${counted(pods, "pod")} and ${counted(policies, "policy", "policies")} were looked at`;
  const single = singleStack > 0 ? `; ${counted(singleStack, "pod")} of one family cannot differ` : "";
  const intended = wanted > 0 ? `, and ${wanted} that ${wanted === 1 ? "is" : "are"} intended` : "";
  return `${counted(news, "difference")} between IPv4 and IPv6${intended}. ${of}${single}.`;
}

function counted(count: number, one: string, more = `${one}s`): string {
  return `${count === 0 ? "No" : count} ${count === 1 ? one : more}`.replace(/^No (pod|polic)/, "0 $1");
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
