import type { Assessed, Readiness } from "../readiness/model.ts";
import { printableJson } from "../text/printable.ts";

export interface Stamp {
  /** RFC 3339 */
  readonly at: string;
  readonly version: string;
  /** A UUID that is always the same for the same text. */
  uuid(text: string): string;
}

/**
 * OSCAL assessment results 1.1.2 with an inventory item a workload, which has `ipv4-address` and `ipv6-address` as FedRAMP's checks look for them,
 * and an observation a block. {@link https://pages.nist.gov/OSCAL/reference/1.1.2/assessment-results/json-reference/}
 */
export function readinessToOscal({ workloads }: Readiness, context: string, { at, version, uuid }: Stamp): string {
  const id = (text: string) => uuid(`${context}/${text}`);
  const observations = workloads.flatMap(({ workload, blocks }) =>
    blocks.map(({ kind, what, where }) => ({
      uuid: id(`${workload}/${kind}/${what}/${where}`),
      title: `${workload} needs IPv4`,
      description: `${what}. Change: ${where}`,
      methods: [kind === "connection" || kind === "listens-ipv4" ? "TEST" : "EXAMINE"],
      subjects: [{ "subject-uuid": id(workload), type: "inventory-item" }],
      collected: at,
    })),
  );
  const document = {
    "assessment-results": {
      uuid: id(`results ${at}`),
      metadata: { title: `IPv6 readiness of ${context}`, "last-modified": at, version: at, "oscal-version": "1.1.2" },
      "import-ap": { href: "https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/readiness.md" },
      results: [
        {
          uuid: id(`result ${at}`),
          title: "Which workloads can do without IPv4",
          description: `As kube-ipv6 ${version} saw it, once.`,
          start: at,
          "reviewed-controls": { "control-selections": [{ "include-all": {} }] },
          ...(workloads.length === 0
            ? {}
            : { "local-definitions": { "inventory-items": workloads.map((one) => item(one, id)) } }),
          ...(observations.length === 0 ? {} : { observations }),
        },
      ],
    },
  };
  return printableJson(`${JSON.stringify(document, undefined, 2)}\n`);
}

function item({ workload, class: is, addresses, pods }: Assessed, id: (text: string) => string) {
  const own = "https://github.com/kube-ipv6/kube-ipv6";
  return {
    uuid: id(workload),
    description: `${workload}, ${pods} ${pods === 1 ? "pod" : "pods"}`,
    props: [
      { name: "asset-id", value: workload },
      { name: "virtual", value: "yes" },
      ...addresses.map((value) => ({ name: value.includes(":") ? "ipv6-address" : "ipv4-address", value })),
      { name: "ipv6-readiness", ns: own, value: is },
    ],
  };
}
