import { type Family, familyOf } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { missing, under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "How nodes find their address: two methods at once, or none for IPv6 with eBPF",
  why: `For each family the operator takes one method: firstFound, interface, skipInterface, canReach, cidrs or kubernetes. The
eBPF data plane needs a node address of every family that has a pool, and there is no default for IPv6.`,
  source: "https://docs.tigera.io/calico/latest/reference/installation/api",
  severity: "error",
  codes: ["TIG003", "TIG006"],
  kinds: ["Installation"],
  groups: ["operator.tigera.io"],
  example: {
    bad: `apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    linuxDataplane: BPF
    ipPools:
      - cidr: fd12:3456:789a::/56
        natOutgoing: Enabled
`,
    good: `apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    linuxDataplane: BPF
    nodeAddressAutodetectionV6:
      firstFound: true
    ipPools:
      - cidr: fd12:3456:789a::/56
        natOutgoing: Enabled
`,
  },

  *check(installation) {
    const network = installation.get("spec", "calicoNetwork");
    if (!network) return;
    for (const version of ["V4", "V6"]) yield* twice(network.get(`nodeAddressAutodetection${version}`));
    yield* withoutMethod(installation, network);
    for (const family of ["IPv4", "IPv6"] as const) yield* withoutPool(network, family);
  },
};

const methods = ["firstFound", "interface", "skipInterface", "canReach", "cidrs", "kubernetes"];

function* twice(detection: Field | undefined): Iterable<Report> {
  const set = methods.flatMap((method) => detection?.get(method) ?? []).filter(isSet);
  const second = set[1];
  if (!detection || !second) return;
  const says = "no more than one node address autodetection method can be specified per-family";
  const fix: Report["fix"] = {
    kind: "decision",
    title: `Remove ${String(second.step)}`,
    edits: [set.length === 2 ? second.remove() : undefined],
  };
  yield { at: under(detection.path, second.key), message: says, codes: ["TIG006"], fix };
}

/** Who asks for a node's address of a family gets none where nodes lack it, and calico-node does not start. */
function* withoutPool(network: Field, family: Family): Iterable<Report> {
  const detection = network.get(`nodeAddressAutodetection${family.slice(2).toUpperCase()}`);
  const families = (network.get("ipPools")?.items() ?? []).map((pool) => familyOf(pool.get("cidr")?.text ?? ""));
  if (!detection || !methods.some((method) => detection.get(method)) || families.length === 0) return;
  if (families.includes(undefined) || families.includes(family)) return;
  const message = `no pool is ${family}: calico-node does not start on nodes without an ${family} address; leave it out`;
  yield { at: detection.key, message, severity: "information", codes: ["TIG006"] };
}

function isSet(field: Field): boolean {
  if (field.step === "firstFound") return field.boolean === true;
  return field.type === "seq" ? field.items().length > 0 : field.type !== "null" && field.text !== "";
}

function* withoutMethod(installation: Resource, network: Field): Iterable<Report> {
  const plane = network.get("linuxDataplane");
  const steps = ["spec", "calicoNetwork", "nodeAddressAutodetectionV6"];
  const ipv6 = network
    .get("ipPools")
    ?.items()
    .some((pool) => familyOf(pool.get("cidr")?.text ?? "") === "IPv6");
  if (plane?.text !== "BPF" || !ipv6 || !installation.lacks(...steps)) return;
  const name = "nodeAddressAutodetectionV6";
  yield {
    at: missing(network, name, plane),
    message: `spec.calicoNetwork.${name} is required for the BPF dataplane: add firstFound: true`,
    codes: ["TIG003"],
    fix: {
      kind: "decision",
      title: "Take the first address found",
      edits: [plane.insertAfter(`${name}:\n  firstFound: true`)],
    },
  };
}
