import { bits, type Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type DirectionRuling, decider } from "../policy/decide.ts";
import type { Direction, PodEndpoint, PolicyEndpoint, PolicyFlow } from "../policy/model.ts";
import { refText } from "../policy/ref.ts";
import { generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile, Outside, WantedTests } from "./model.ts";
import { clientLabels, serverLabels, testPods, testPort } from "./names.ts";

/** What network policies that are in force say of what the tests send, and a policy that lets it through where one can. */
export function policiesInForce(
  basis: Basis,
  wanted: WantedTests,
): { readonly sentences: readonly string[]; readonly file?: GeneratedFile } {
  const now = stopped(basis, wanted, []);
  if (now.length === 0) return { sentences: [] };
  const closed = new Set(now.flatMap(({ directions }) => directions));
  const allowing = [
    ...(closed.has("ingress") ? [allowIngress(wanted)] : []),
    ...(closed.has("egress") ? [allowEgress(basis, wanted)] : []),
  ];
  const left = stopped(basis, wanted, allowing);
  const isLeft = ({ what }: Stopped) => left.some((one) => one.what === what);
  const sentences = now.map((one) => {
    const remedy = isLeft(one) ? "no policy that selects the tests changes that" : `${name} lets it through`;
    return `${one.what} ${one.by}; ${remedy}`;
  });
  if (now.every(isLeft)) return { sentences };
  const offered = generatedFile(
    name,
    {
      does: [
        ...sentences.map((sentence) => `In force: ${sentence}.`),
        "These NetworkPolicies select the pods of the tests alone, and let through what the tests send and nothing else, in both families.",
      ],
      sends: "nothing.",
      use: `read it, since it opens what somebody has closed; then kubectl apply -f ${name}`,
      remove: `kubectl delete -f ${name}`,
    },
    allowing,
  );
  return { sentences, file: offered };
}

const name = "manifests/5-allow-tests.yaml";

interface Stopped {
  /** "IPv6 from the tests to the test pods (TCP 9376)" */
  readonly what: string;
  /** "is denied by NetworkPolicy default/deny-all" */
  readonly by: string;
  readonly directions: readonly Direction[];
}

function stopped(basis: Basis, wanted: WantedTests, more: readonly KubeObject[]): readonly Stopped[] {
  const known = basis.namespaces?.includes(wanted.namespace) ?? false;
  const fresh: KubeObject[] = known
    ? []
    : [
        {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: { name: wanted.namespace, labels: { "kubernetes.io/metadata.name": wanted.namespace } },
        },
      ];
  const decide = decider([...basis.objects, ...fresh, ...more], basis.engine);
  return flowsOf(basis, wanted).flatMap(({ what, flow }) => {
    const { ruling, egress, ingress } = decide(flow);
    if (ruling === "allowed") return [];
    const title = `${flow.family} ${what} (${flow.protocol} ${flow.port})`;
    const at = egress.ruling === ruling ? egress : ingress;
    const by = ruling === "denied" ? `is denied by ${who(at)}` : `is not decided: ${at.unknownBecause}`;
    const directions = (["egress", "ingress"] as const).filter(
      (direction) => (direction === "egress" ? egress : ingress).ruling !== "allowed",
    );
    return [{ what: title, by, directions }];
  });
}

function who({ decidedBy, isolatedBy }: DirectionRuling): string {
  const all = decidedBy ? [decidedBy.policy] : isolatedBy;
  return [...new Set(all.map(refText))].join(", ");
}

function flowsOf(
  { families, dns }: Basis,
  { namespace, outside, parts, exporter }: WantedTests,
): readonly { readonly what: string; readonly flow: PolicyFlow }[] {
  const pod = (labels: Readonly<Record<string, string>>): PodEndpoint => ({
    kind: "pod",
    namespace,
    labels,
    ips: [],
    containerPorts: [{ name: "http", containerPort: testPort, protocol: "TCP" }],
  });
  const client = pod(clientLabels);
  const server = pod(serverLabels);
  const one = (what: string, from: PolicyEndpoint, to: PolicyEndpoint, protocol: "TCP" | "UDP", port: number) =>
    families.map((family) => ({ what, flow: { from, to, family, protocol, port } }));
  const tests = [
    ...one("from the tests to the test pods", client, server, "TCP", testPort),
    ...(dns?.pods.slice(0, 1) ?? []).flatMap((to) => one("from the tests to DNS", client, to, "UDP", dns?.port ?? 53)),
    ...outside.flatMap(({ host, port, family }) =>
      family === undefined
        ? []
        : [
            {
              what: `from the tests to ${host}`,
              flow: {
                from: client,
                to: { kind: "address" as const, address: host },
                family,
                protocol: "TCP" as const,
                port,
              },
            },
          ],
    ),
  ];
  const watching =
    exporter.namespace === undefined
      ? []
      : one(
          "from blackbox_exporter to the test pods",
          { kind: "pod", namespace: exporter.namespace, labels: exporter.labels ?? {}, ips: [] },
          server,
          "TCP",
          testPort,
        );
  return [...(parts.includes("tests") ? tests : []), ...(parts.includes("alerts") ? watching : [])];
}

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
function allowPolicy(namespace: string, name: string, labels: object, spec: object): KubeObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${testPods}-${name}`, namespace },
    spec: { podSelector: { matchLabels: labels }, ...spec },
  };
}

const http = [{ protocol: "TCP", port: testPort }];

function inNamespace(name: string): object {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

function allowIngress({ namespace, exporter }: WantedTests): KubeObject {
  const watching = exporter.namespace === undefined ? [] : [{ from: [inNamespace(exporter.namespace)], ports: http }];
  return allowPolicy(namespace, "server", serverLabels, {
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: { matchLabels: clientLabels } }], ports: http }, ...watching],
  });
}

function allowEgress({ families, dns }: Basis, { namespace, outside }: WantedTests): KubeObject {
  const port = dns?.port ?? 53;
  return allowPolicy(namespace, "client", clientLabels, {
    policyTypes: ["Egress"],
    egress: [
      { to: [{ podSelector: { matchLabels: serverLabels } }], ports: http },
      {
        to: [inNamespace(dns?.pods[0]?.namespace ?? "kube-system")],
        ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port })),
      },
      ...outside.map((target) => ({
        to: blocksOf(target, families),
        ports: [{ protocol: "TCP", port: target.port }],
      })),
    ],
  });
}

/** What a name stands for no NetworkPolicy can say. */
function blocksOf({ host, family }: Outside, families: readonly Family[]): object[] {
  if (family !== undefined) return [{ ipBlock: { cidr: `${host}/${bits(family)}` } }];
  return families.map((each) => ({ ipBlock: { cidr: each === "IPv6" ? "::/0" : "0.0.0.0/0" } }));
}
