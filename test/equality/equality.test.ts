import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { equalityOf } from "#core/equality/equality.ts";
import { parityOf } from "#core/parity/parity.ts";

interface Made {
  readonly service?: object;
  readonly status?: object;
  /** Changes the slice of IPv6 before it is looked at. */
  readonly six?: (slice: Slice) => void;
  readonly four?: (slice: Slice) => void;
  readonly pod?: (pod: Any) => void;
  readonly more?: readonly KubeObject[];
}

// biome-ignore lint/suspicious/noExplicitAny: objects of the API
type Any = any;
interface Slice {
  endpoints: Any[];
  ports: Any[];
}

function cluster({ service = {}, status = {}, six, four, pod, more = [] }: Made = {}): readonly KubeObject[] {
  const pods = [1, 2, 3].map((host) => ({
    kind: "Pod",
    metadata: { name: `web-${host}`, namespace: "shop", labels: { app: "web" } },
    spec: { containers: [] },
    status: { phase: "Running", podIP: `10.0.0.${host}`, podIPs: [{ ip: `10.0.0.${host}` }, { ip: `fd00::${host}` }] },
  }));
  const slice = (addressType: string, address: (host: number) => string): Any => ({
    kind: "EndpointSlice",
    addressType,
    metadata: { name: addressType, namespace: "shop", labels: { "kubernetes.io/service-name": "web" } },
    ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    endpoints: [1, 2, 3].map((host) => ({
      addresses: [address(host)],
      conditions: { ready: true },
      targetRef: { kind: "Pod", namespace: "shop", name: `web-${host}` },
    })),
  });
  const [slice4, slice6] = [slice("IPv4", (host) => `10.0.0.${host}`), slice("IPv6", (host) => `fd00::${host}`)];
  four?.(slice4);
  six?.(slice6);
  pod?.(pods[2]);
  const spec = {
    clusterIPs: ["10.96.0.9", "fd96::9"],
    ipFamilies: ["IPv4", "IPv6"],
    ipFamilyPolicy: "RequireDualStack",
  };
  return [
    { kind: "Service", metadata: { name: "web", namespace: "shop" }, spec: { ...spec, ...service }, status },
    ...pods,
    slice4,
    slice6,
    ...more,
  ];
}

function told(made: Made): string[] {
  const objects = cluster(made);
  const [found] = equalityOf(objects, parityOf(objects).differences).services;
  return (found?.differences ?? []).map(({ kind, family, what }) => `${kind} ${family}: ${what}`);
}

const policy: KubeObject = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "in", namespace: "shop" },
  spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
};

describe("what one family of a Service has and the other has not", () => {
  const cases: Readonly<Record<string, readonly [Made, RegExp]>> = {
    "no second address": [
      { service: { clusterIPs: ["10.96.0.9"] } },
      /^address IPv6: spec\.clusterIPs has IPv4 alone: 10\.96\.0\.9$/,
    ],
    "no endpoint at all": [
      { six: (slice) => slice.endpoints.splice(0) },
      /^slices IPv6: IPv6 has no endpoint, IPv4 has 3$/,
    ],
    "a pod without an address": [
      { six: (slice) => slice.endpoints.pop(), pod: (pod) => pod.status.podIPs.pop() },
      /^backends IPv6: IPv6 reaches 2 of 3 backends: shop\/web-3 has no IPv6 address$/,
    ],
    "a pod that is in no slice": [
      { four: (slice) => slice.endpoints.shift() },
      /^backends IPv4: IPv4 reaches 2 of 3 backends: shop\/web-1 has an address and is in no slice$/,
    ],
    readiness: [
      { six: (slice) => (slice.endpoints[0].conditions.ready = false) },
      /^ready IPv6: ready over IPv4 and not over IPv6: shop\/web-1$/,
    ],
    "other ports": [
      { six: (slice) => (slice.ports[0].port = 9090) },
      /^ports IPv6: other ports over IPv6 \(http 9090 TCP\) than over IPv4 \(http 8080 TCP\)/,
    ],
    "other zones": [
      { six: (slice) => (slice.endpoints[0].hints = { forZones: [{ name: "b" }] }) },
      /^hints IPv6: other zones/,
    ],
    "a load balancer of IPv4": [
      { service: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "192.0.2.7" }] } } },
      /^load-balancer IPv6: status\.loadBalancer\.ingress has IPv4 alone: 192\.0\.2\.7$/,
    ],
    "source ranges of IPv4": [{ service: { loadBalancerSourceRanges: ["192.0.2.0/24"] } }, /^source-ranges IPv6/],
    "external addresses of IPv6": [{ service: { externalIPs: ["2001:db8::7"] } }, /^external-ips IPv4/],
    "a policy that lets IPv4 in alone": [{ more: [policy] }, /^policy IPv6: IPv4 is let in from .*, IPv6 is not$/],
  };
  for (const [name, [made, expected]] of Object.entries(cases))
    test(name, () => {
      const [first = "", ...more] = told(made);
      assert.match(first, expected);
      assert.deepEqual(more, []);
    });

  test("nothing, where nothing differs", () => {
    assert.deepEqual(told({}), []);
    // IPv4 in two slices, as of somebody who keeps them by hand, or of two ports.
    const unnamed = (slice: Slice) => {
      for (const each of slice.endpoints) delete each.targetRef;
    };
    const parted = (endpoints: (all: Any[]) => [Any[], Any[]], ports = [{ name: "http", port: 8080 }]): Made => {
      const made: Made = { four: unnamed, six: unnamed };
      const objects = cluster(made) as Any[];
      const four = objects.find((one) => one.addressType === "IPv4");
      const [first, rest] = endpoints(four.endpoints);
      const more = [{ ...four, metadata: { ...four.metadata, name: "second" }, endpoints: rest, ports }];
      const firstPart = (slice: Slice) => {
        unnamed(slice);
        slice.endpoints = first;
      };
      return { ...made, four: firstPart, more };
    };
    assert.deepEqual(told(parted(([one, ...others]) => [[one], others])), []);
    const twice = cluster() as Any[];
    const [stale, again] = ["IPv4", "IPv6"].map((family) => twice.find((one) => one.addressType === family));
    const copies = [stale, again].map((slice) => ({
      ...slice,
      metadata: { ...slice.metadata, name: `old-${slice.addressType}` },
      ports: [{ name: "metrics", port: 9, protocol: "TCP" }],
      endpoints: slice.endpoints.map((each: Any) => ({ ...each, conditions: { ready: slice.addressType === "IPv6" } })),
    }));
    assert.deepEqual(told({ more: copies }), []);
    const named = {
      service: { type: "LoadBalancer" },
      status: { loadBalancer: { ingress: [{ hostname: "lb.example.org" }] } },
    };
    assert.deepEqual(told(named), [], "what a name hides is not judged");
    assert.deepEqual(told({ service: { clusterIPs: ["None"] } }), [], "a headless Service has no address of its own");
  });
  test("a Service of one family is counted, and not compared", () => {
    const { services, single } = equalityOf(
      cluster({ service: { ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack" } }),
      [],
    );
    assert.deepEqual([services, single], [[], ["shop/web"]]);
  });
});
