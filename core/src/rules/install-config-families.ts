import { contains, type Family, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "OpenShift's installer refuses the families of this install-config",
  why: `With both families in one of \`clusterNetwork\`, \`serviceNetwork\` and \`machineNetwork\`, each of the three has both. On bare metal, vSphere
and OpenStack either may come first, elsewhere it is IPv4. A node's part of an IPv6 \`clusterNetwork\` is a /64, and OpenShiftSDN knows no IPv6.`,
  source: "https://github.com/openshift/installer/blob/main/pkg/types/validation/installconfig.go",
  severity: "error",
  kinds: ["InstallConfig"],
  mentions: [/clusterNetwork|serviceNetwork|machineNetwork/],
  example: {
    bad: config("10.0.0.0/16"),
    good: config('10.0.0.0/16\n    - cidr: "fd12:3456:789d::/64"'),
  },

  *check(install) {
    const lists = listsOf(install);
    const all = new Set(lists.flatMap(({ families }) => families));
    if (all.size === 2) for (const list of lists) yield* judge(list, mayLeadWithIPv6(install));
    if (all.has("IPv6")) yield* plugin(install);
    yield* virtualAddresses(install, all.has("IPv6"));
    for (const network of install.get("networking", "clusterNetwork")?.items() ?? []) yield* nodePrefix(network);
  },
};

interface Networks {
  readonly at: Field | undefined;
  /** In the order written. */
  readonly families: readonly Family[];
}

/** Lists of which one entry cannot be read, or comes from elsewhere, are left out. */
function listsOf(install: Resource): readonly Networks[] {
  const items = (key: string) => install.get("networking", key)?.items() ?? [];
  const lists = [
    items("clusterNetwork").map((one) => one.get("cidr")),
    items("serviceNetwork"),
    items("machineNetwork").map((one) => one.get("cidr")),
  ];
  return lists.flatMap((fields) => {
    const families = fields.flatMap((field) => parsePrefix(field?.text ?? "")?.address.family ?? []);
    return families.length > 0 && families.length === fields.length ? [{ at: fields[0], families }] : [];
  });
}

function* judge({ at, families }: Networks, mayLead: boolean): Iterable<Report> {
  const missing = (["IPv4", "IPv6"] as const).find((family) => !families.includes(family));
  if (missing) yield { at, message: `dual-stack IPv4/IPv6 requires an ${missing} network in this list; add one` };
  else if (!mayLead && families[0] === "IPv6")
    yield { at, message: "IPv4 addresses must be listed before IPv6 addresses" };
}

/** Where the platform is not written, it may be any. */
function mayLeadWithIPv6(install: Resource): boolean {
  const platforms =
    install
      .get("platform")
      ?.entries()
      .map(([name]) => name) ?? [];
  return !platforms.some((name) => ["none", "external", "ovirt", "nutanix"].includes(name));
}

function* plugin(install: Resource): Iterable<Report> {
  const type = install.get("networking", "networkType");
  if (type?.text === "OpenShiftSDN")
    yield { at: type, message: "IPv6 is not supported for this networking plugin: write OVNKubernetes" };
}

/** openshift/installer pkg/types/validation/installconfig.go, ValidateIPinMachineCIDR */
function* virtualAddresses(install: Resource, hasIPv6: boolean): Iterable<Report> {
  const machines = (install.get("networking", "machineNetwork")?.items() ?? []).map((one) =>
    parsePrefix(one.get("cidr")?.text ?? ""),
  );
  if (machines.length === 0 || machines.includes(undefined)) return;
  for (const [, platform] of install.get("platform")?.entries() ?? []) {
    // Somebody's own balancer may stand anywhere.
    if (platform.get("loadBalancer", "type")?.text === "UserManaged") continue;
    for (const key of ["apiVIPs", "ingressVIPs", "apiVIP", "ingressVIP"]) {
      const at = platform.get(key);
      for (const vip of at?.type === "seq" ? at.items() : at ? [at] : []) {
        const address = parseAddress(vip.text ?? "");
        if (!address || !(hasIPv6 || address.family === "IPv6")) continue;
        if (!machines.some((network) => network && contains(network, address)))
          yield {
            at: vip,
            message: `IP expected to be in one of the machine networks: add its prefix to machineNetwork`,
          };
      }
    }
  }
}

function* nodePrefix(network: Field): Iterable<Report> {
  const length = network.get("hostPrefix");
  const isIPv6 = parsePrefix(network.get("cidr")?.text ?? "")?.address.family === "IPv6";
  if (isIPv6 && length?.integer !== undefined && length.integer !== 64)
    yield { at: length, message: "cluster network host subnetwork prefix must be 64 for IPv6 networks" };
}

function config(machines: string): string {
  return `apiVersion: v1
baseDomain: example.org
networking:
  clusterNetwork:
    - {cidr: 10.128.0.0/14, hostPrefix: 23}
    - {cidr: "fd12:3456:789a::/48", hostPrefix: 64}
  serviceNetwork: [172.30.0.0/16, "fd12:3456:789b::/112"]
  machineNetwork:
    - cidr: ${machines}
platform: {none: {}}
`;
}
