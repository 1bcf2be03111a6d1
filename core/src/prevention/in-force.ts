import { bits, type Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type DirectionRuling, decider } from "../policy/decide.ts";
import type { PodEndpoint, PolicyEndpoint, PolicyFlow } from "../policy/model.ts";
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
  const allowing = allowPolicies(basis.families, wanted);
  const left = stopped(basis, wanted, allowing);
  const sentences = now.map(({ what, by }) => {
    const still = left.find((one) => one.what === what);
    const remedy = still
      ? `no NetworkPolicy changes that, but ${still.by}`
      : "manifests/5-allow-tests.yaml lets it through";
    return `${what} ${by}; ${remedy}`;
  });
  const offered = generatedFile(
    "manifests/5-allow-tests.yaml",
    {
      does: [
        ...sentences.map((sentence) => `In force: ${sentence}.`),
        "These NetworkPolicies select the pods of the tests alone, and let through what the tests send and nothing else, in both families.",
      ],
      sends: "nothing.",
      use: "read it, since it opens what somebody has closed; then kubectl apply -f manifests/5-allow-tests.yaml",
      remove: "kubectl delete -f manifests/5-allow-tests.yaml",
    },
    allowing,
  );
  return { sentences, file: offered };
}

interface Stopped {
  /** "IPv6 from the tests to the test pods (TCP 9376)" */
  readonly what: string;
  /** "is denied by NetworkPolicy default/deny-all" */
  readonly by: string;
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
    const at = egress.ruling === ruling ? egress : ingress;
    const title = `${flow.family} ${what} (${flow.protocol} ${flow.port})`;
    return [
      { what: title, by: ruling === "denied" ? `is denied by ${who(at)}` : `is not decided: ${at.unknownBecause}` },
    ];
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
    ...(dns?.pods.slice(0, 1) ?? []).flatMap((to) => one("from the tests to DNS", client, to, "UDP", 53)),
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
function allowPolicies(families: readonly Family[], { namespace, outside, exporter }: WantedTests): KubeObject[] {
  const policy = (name: string, labels: object, spec: object): KubeObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: { podSelector: { matchLabels: labels }, ...spec },
  });
  const in_ = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
  const http = [{ protocol: "TCP", port: testPort }];
  const watching =
    exporter.namespace === undefined ? [] : [{ from: [{ namespaceSelector: in_(exporter.namespace) }], ports: http }];
  return [
    policy(`${testPods}-server`, serverLabels, {
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: { matchLabels: clientLabels } }], ports: http }, ...watching],
    }),
    policy(`${testPods}-client`, clientLabels, {
      policyTypes: ["Egress"],
      egress: [
        { to: [{ podSelector: { matchLabels: serverLabels } }], ports: http },
        {
          to: [{ namespaceSelector: in_("kube-system") }],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        ...outside.map((target) => ({
          to: blocksOf(target, families),
          ports: [{ protocol: "TCP", port: target.port }],
        })),
      ],
    }),
  ];
}

/** What a name stands for no NetworkPolicy can say. */
function blocksOf({ host, family }: Outside, families: readonly Family[]): object[] {
  if (family !== undefined) return [{ ipBlock: { cidr: `${host}/${bits(family)}` } }];
  return families.map((each) => ({ ipBlock: { cidr: each === "IPv6" ? "::/0" : "0.0.0.0/0" } }));
}
