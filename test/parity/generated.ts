import fc from "fast-check";
import type { KubeObject } from "#core/cluster/cluster.ts";

/** A set of policies of one engine, with the pods and namespaces they are about. */
export type Objects = readonly KubeObject[];

/** Prefixes of both families that stand for each other by role, by declaration of nobody, and by use. */
export const twins: readonly (readonly [string, string])[] = [
  ["0.0.0.0/0", "::/0"],
  ["10.0.0.0/8", "fc00::/7"],
  ["203.0.113.0/24", "2001:db8:1::/48"],
  ["10.244.0.0/24", "fd00:244::/64"],
];
const more = [
  // Whoever opens fc00::/7 opens the metadata service over IPv6, so that a set with both is not the same for the families.
  "169.254.169.254/32",
  "fd00:ec2::254/128",
  "192.168.0.0/16",
  "2000::/3",
  "0.0.0.0/1",
  "fd00:244:0:1::/64",
  "203.0.113.7/32",
  "2600::/12",
  "10.0.0.5/32",
];

/** How prefixes come into a set: anyhow, or each with its twin. */
export type Cidrs = fc.Arbitrary<readonly string[]>;
export const anyhow: Cidrs = fc
  .array(fc.constantFrom(...twins.flat(), ...more), { minLength: 1, maxLength: 3 })
  .map((all) => [...new Set(all)]);
export const paired: Cidrs = fc
  .array(fc.constantFrom(...twins), { minLength: 1, maxLength: 2 })
  .map((pairs) => [...new Set(pairs.flat())]);

const labels = fc.constantFrom({}, { matchLabels: { app: "web" } }, { matchLabels: { app: "db" } });
const port = fc.constantFrom(
  { port: 443 },
  { protocol: "UDP", port: 53 },
  { port: 8000, endPort: 8080 },
  { port: "sql" },
  { protocol: "UDP" },
);
const ports = fc.oneof(fc.constant([]), fc.array(port, { minLength: 1, maxLength: 2 }));
const direction = fc.constantFrom("ingress" as const, "egress" as const);

function named(kind: string, apiVersion: string, namespaced: boolean) {
  return (spec: unknown, index: number, namespace: string): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name: `p${index}`, ...(namespaced ? { namespace } : {}) },
    spec,
  });
}

/** Blocks of a NetworkPolicy; what one family excepts the other does, where they are paired. */
function blocks(cidrs: Cidrs, symmetric: boolean) {
  return fc.tuple(cidrs, fc.boolean(), fc.boolean()).map(([all, except4, except6]) =>
    all.map((cidr) => {
      const six = symmetric ? except4 : except6;
      const except = cidr === "0.0.0.0/0" && except4 ? ["10.0.0.0/8"] : cidr === "::/0" && six ? ["fc00::/7"] : [];
      return { ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } };
    }),
  );
}

function networkPolicies(cidrs: Cidrs, symmetric: boolean) {
  const peer = fc.oneof(
    { weight: 3, arbitrary: blocks(cidrs, symmetric) },
    fc.constantFrom(
      [{ podSelector: {} }],
      [{ podSelector: { matchLabels: { app: "db" } } }],
      [{ namespaceSelector: {} }],
    ),
  );
  const rule = fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports });
  const spec = fc
    .record({ way: direction, podSelector: labels, rules: fc.array(rule, { maxLength: 2 }) })
    .map(({ way, podSelector, rules }) => ({
      podSelector,
      policyTypes: [way === "ingress" ? "Ingress" : "Egress"],
      [way]: rules.map(({ peers, ports: limits }) => ({
        ...(peers.length > 0 ? { [way === "ingress" ? "from" : "to"]: peers.flat() } : {}),
        ...(limits.length > 0 ? { ports: limits } : {}),
      })),
    }));
  return several(spec, named("NetworkPolicy", "networking.k8s.io/v1", true), 1, 3);
}

function several(
  spec: fc.Arbitrary<unknown>,
  make: (spec: unknown, index: number, namespace: string) => KubeObject,
  minLength: number,
  maxLength: number,
) {
  return fc
    .array(fc.tuple(spec, fc.constantFrom("a", "b")), { minLength, maxLength })
    .map((specs) => specs.map(([one, namespace], index) => make(one, index, namespace)));
}

/** Of a baseline nothing can be passed on; in v1alpha1 it is one object with a kind of its own, which has no priority. */
function admin(cidrs: Cidrs, version: "v1alpha1" | "v1alpha2", tier: "Admin" | "Baseline", passes: boolean) {
  const allow = version === "v1alpha1" ? "Allow" : "Accept";
  const portsOf =
    version === "v1alpha1"
      ? { ports: [{ portNumber: { protocol: "TCP", port: 443 } }] }
      : { protocols: [{ tcp: { destinationPort: { number: 443 } } }] };
  const egress = fc.record({
    action: fc.constantFrom(allow, "Deny", ...(passes && tier === "Admin" ? ["Pass"] : [])),
    to: fc.oneof({ weight: 3, arbitrary: cidrs.map((networks) => [{ networks }]) }, fc.constant([{ namespaces: {} }])),
    limits: fc.constantFrom({}, portsOf),
  });
  const spec = fc
    .record({ rules: fc.array(egress, { minLength: 1, maxLength: 3 }), pods: fc.boolean() })
    .map(({ rules, pods }) => ({
      ...(version === "v1alpha2" ? { tier } : {}),
      subject: pods
        ? { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: "web" } } } }
        : { namespaces: {} },
      egress: rules.map(({ action, to, limits }) => ({ action, to, ...limits })),
    }));
  const apiVersion = `policy.networking.k8s.io/${version}`;
  if (version === "v1alpha1" && tier === "Baseline")
    return spec.map((one) => [
      { apiVersion, kind: "BaselineAdminNetworkPolicy", metadata: { name: "default" }, spec: one } as KubeObject,
    ]);
  const make = named(version === "v1alpha1" ? "AdminNetworkPolicy" : "ClusterNetworkPolicy", apiVersion, false);
  return several(spec, (one, index) => make({ ...(one as object), priority: index + 1 }, index, ""), 1, 2);
}

function calico(cidrs: Cidrs, passes: boolean) {
  const match: fc.Arbitrary<readonly Record<string, unknown>[]> = fc.oneof(
    { weight: 3, arbitrary: cidrs.map((nets) => (["4", "6"] as const).flatMap((v) => side(nets, v))) },
    fc.constant([{ selector: "app == 'db'" }]),
    fc.constant([{}]),
  );
  const rule = fc.record({
    action: fc.constantFrom("Allow", "Deny", ...(passes ? ["Pass"] : [])),
    sides: match,
    limits: fc.constantFrom({}, { protocol: "TCP", ports: [443] }, { protocol: "UDP", ports: [53] }),
  });
  const spec = fc
    .record({
      way: direction,
      order: fc.constantFrom(1, 10),
      selector: fc.constantFrom("all()", "app == 'web'"),
      rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    })
    .map(({ way, order, selector, rules }) => ({
      order,
      selector,
      types: [way === "ingress" ? "Ingress" : "Egress"],
      [way]: rules.flatMap(({ action, sides, limits: { protocol, ports: limited } }) =>
        sides.map((entity) => ({
          action,
          ...(protocol ? { protocol } : {}),
          ...(way === "ingress"
            ? { source: entity, ...(limited ? { destination: { ports: limited } } : {}) }
            : { destination: { ...entity, ...(limited ? { ports: limited } : {}) } }),
        })),
      ),
    }));
  const [own, global] = [
    named("NetworkPolicy", "projectcalico.org/v3", true),
    named("GlobalNetworkPolicy", "projectcalico.org/v3", false),
  ];
  return several(spec, (one, index, namespace) => (index % 2 === 0 ? own : global)(one, index, namespace), 1, 3);
}

/** Calico refuses a rule with prefixes of both families. */
function side(nets: readonly string[], version: "4" | "6") {
  const own = nets.filter((net) => net.includes(":") === (version === "6"));
  return own.length > 0 ? [{ nets: own }] : [];
}

function cilium(cidrs: Cidrs, symmetric: boolean) {
  const entity = symmetric
    ? fc.constantFrom(["world"], ["cluster"])
    : fc.constantFrom(["world"], ["cluster"], ["world-ipv4"], ["world-ipv6"]);
  const rule = (way: "ingress" | "egress") => {
    const word = way === "ingress" ? "from" : "to";
    return fc.record(
      {
        peers: fc.oneof(
          { weight: 2, arbitrary: cidrs.map((all) => ({ [`${word}CIDR`]: all })) },
          entity.map((all) => ({ [`${word}Entities`]: all })),
          fc.constant({ [`${word}Endpoints`]: [{ matchLabels: { app: "db" } }] }),
        ),
        toPorts: fc.constantFrom([{ ports: [{ port: "443", protocol: "TCP" }] }], [{ ports: [{ port: "53" }] }]),
      },
      { requiredKeys: ["peers"] },
    );
  };
  const spec = direction.chain((way) =>
    fc
      .record({
        endpointSelector: labels,
        allow: fc.array(rule(way), { maxLength: 2 }),
        deny: fc.array(rule(way), { maxLength: 1 }),
      })
      .map(({ endpointSelector, allow, deny }) => {
        const flat = ({ peers, ...limits }: (typeof allow)[number]) => ({ ...peers, ...limits });
        return { endpointSelector, [way]: allow.map(flat), [`${way}Deny`]: deny.map(flat) };
      }),
  );
  const [own, global] = [
    named("CiliumNetworkPolicy", "cilium.io/v2", true),
    named("CiliumClusterwideNetworkPolicy", "cilium.io/v2", false),
  ];
  return several(spec, (one, index, namespace) => (index % 2 === 0 ? own : global)(one, index, namespace), 1, 3);
}

/** Sets of Kubernetes' own interfaces; `tiers`: of which admin policies. */
export function kubernetesSets(
  cidrs: Cidrs,
  { symmetric = false, passes = true, tiers = ["Admin", "Baseline"] as readonly ("Admin" | "Baseline")[] } = {},
): fc.Arbitrary<Objects> {
  const own = networkPolicies(cidrs, symmetric);
  const above = (["v1alpha1", "v1alpha2"] as const).flatMap((version) =>
    tiers.map((tier) => beside(own, admin(cidrs, version, tier, passes))),
  );
  return fc.oneof(own, ...above);
}

/** Sets of all five interfaces, NetworkPolicies beside each of the others. */
export function policySets(cidrs: Cidrs, { symmetric = false, passes = true } = {}): fc.Arbitrary<Objects> {
  const own = networkPolicies(cidrs, symmetric);
  return fc.oneof(
    { weight: 3, arbitrary: kubernetesSets(cidrs, { symmetric, passes }) },
    beside(own, calico(cidrs, passes)),
    beside(own, cilium(cidrs, symmetric)),
  );
}

function beside(own: fc.Arbitrary<KubeObject[]>, others: fc.Arbitrary<KubeObject[]>): fc.Arbitrary<Objects> {
  const some = fc.oneof({ weight: 2, arbitrary: fc.constant([] as KubeObject[]) }, own);
  return fc.tuple(others, some).map(([all, kubernetes]) => [...all, ...kubernetes.map(renamed)]);
}

function renamed(policy: KubeObject): KubeObject {
  return { ...policy, metadata: { ...policy.metadata, name: `k8s-${policy.metadata.name}` } };
}

/** Four dual-stack pods in two namespaces; one serves a named port. */
export const pods: Objects = [
  podOf("a", "web", "web", 1),
  podOf("a", "db", "db", 2, [{ name: "sql", containerPort: 5432, protocol: "TCP" }]),
  podOf("b", "web", "web", 3),
  podOf("b", "other", "other", 4),
  ...["a", "b"].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: {} } })),
];

function podOf(namespace: string, name: string, app: string, host: number, ports: readonly object[] = []): KubeObject {
  // The last one is in no range that policies name.
  const [v4, v6] = host === 4 ? ["10.244.7.4", "fd00:244:7::4"] : [`10.244.0.${host}`, `fd00:244::${host}`];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [{ name: "c", ports }], nodeName: "n1" },
    status: { phase: "Running", podIP: v4, podIPs: [{ ip: v4 }, { ip: v6 }] },
  };
}
