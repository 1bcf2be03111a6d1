/**
 * How long the families' comparison takes over a large cluster, and how much memory: `node bench/parity.ts [PODS] [POLICIES]`, 5,000
 * and 500 by default. Fifty namespaces, each pod with addresses of both families, policies of the shapes that people write; a tenth of
 * those with prefixes lack IPv6.
 */
import type { KubeObject } from "#core/cluster/cluster.ts";
import { parityOf } from "#core/parity/parity.ts";
import { table } from "./measure.ts";

const [podCount = 5_000, policyCount = 500] = process.argv.slice(2).map(Number);
const namespaces = 50;
const objects = [...spaces(), ...pods(), ...policies()];
const text = JSON.stringify(objects);
globalThis.gc?.();
const before = process.memoryUsage().rss;
const rows = Array.from({ length: 3 }, () => {
  const given = JSON.parse(text) as KubeObject[];
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const { differences, pods: looked } = parityOf(given);
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  const rss = process.resourceUsage().maxRSS / 1024;
  return [
    `${looked}`,
    `${policyCount}`,
    `${differences.length}`,
    `${(took / 1000).toFixed(2)} s`,
    `${((user + system) / 1e6).toFixed(2)} s`,
    `${rss.toFixed(0)} MB`,
  ];
});
table(["pods", "policies", "differences", "time", "CPU", "peak RSS of the process"], rows);
console.log(
  `at the start ${(before / 2 ** 20).toFixed(0)} MB, objects ${(text.length / 2 ** 20).toFixed(0)} MB as JSON`,
);

function spaces(): KubeObject[] {
  return Array.from({ length: namespaces }, (_, index) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: `team-${index}`,
      labels: { "kubernetes.io/metadata.name": `team-${index}`, tier: index % 2 ? "a" : "b" },
    },
  }));
}

function pods(): KubeObject[] {
  return Array.from({ length: podCount }, (_, index) => {
    const namespace = `team-${index % namespaces}`;
    const app = `app-${Math.floor(index / namespaces) % 10}`;
    const node = index % 200;
    const host = Math.floor(index / 200) + 2;
    const ips = [
      `10.${244 + (node >> 8)}.${node & 255}.${host}`,
      `fd00:244:0:${node.toString(16)}::${host.toString(16)}`,
    ];
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: `${app}-${index}`,
        namespace,
        labels: { app, "pod-template-hash": `${index % 97}`, "statefulset.kubernetes.io/pod-name": `${app}-${index}` },
      },
      spec: { nodeName: `node-${node}`, containers: [{ ports: [{ name: "http", containerPort: 8080 }] }] },
      status: { phase: "Running", podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) },
    };
  });
}

function policies(): KubeObject[] {
  return Array.from({ length: policyCount }, (_, index) => {
    const namespace = `team-${index % namespaces}`;
    const turn = Math.floor(index / namespaces);
    const web = { podSelector: { matchLabels: { app: `app-${turn % 10}` } } };
    const lacks = index % 10 === 3;
    const any = [
      { ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } },
      { ipBlock: { cidr: "::/0", except: ["fc00::/7"] } },
    ];
    const shapes = [
      { podSelector: {}, policyTypes: ["Ingress"] },
      {
        ...web,
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { tier: "a" } } }] }],
      },
      {
        ...web,
        policyTypes: ["Egress"],
        egress: [
          { to: any.slice(0, lacks ? 1 : 2), ports: [{ port: 443 }] },
          { ports: [{ port: 53, protocol: "UDP" }] },
        ],
      },
      {
        ...web,
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ ipBlock: { cidr: "10.0.0.0/8" } }, { ipBlock: { cidr: "fd00:244::/48" } }],
            ports: [{ port: "http" }],
          },
        ],
      },
      {
        ...web,
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              { ipBlock: { cidr: "203.0.113.0/24" } },
              { ipBlock: { cidr: "2001:db8:7::/48" } },
              { podSelector: { matchLabels: { app: "app-1" } } },
            ],
          },
        ],
      },
    ];
    return {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: `policy-${index}`, namespace },
      spec: shapes[turn % shapes.length],
    };
  });
}
