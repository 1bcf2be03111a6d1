import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { diagnose, replay, type Subject } from "#core/diagnosis/diagnosis.ts";
import { readTarget } from "#core/judging/read-target.ts";
import { diagnosisToJson, diagnosisToText } from "#core/report/diagnosis.ts";
import { violations } from "#test/support/json-schema.ts";
import { fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const schema = JSON.parse(readFileSync(new URL("../../docs/diagnose.schema.json", import.meta.url), "utf8"));
const server = createServer((_request, response) => response.end("hello"));
let port = 0;
before(async () => {
  await new Promise<void>((done) => server.listen(0, "::", done));
  port = (server.address() as AddressInfo).port;
});
after(() => server.close());

const families = { ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv6", "IPv4"] };

function service(name: string, spec: object, ingress: readonly string[] = []): KubeObject {
  const status = { loadBalancer: { ingress: ingress.map((ip) => ({ ip })) } };
  return { kind: "Service", metadata: { name, namespace: "default" }, spec: { ports: [{ port }], ...spec }, status };
}

/** A dual-stack Service with one pod, all of it this machine; and what leads to it. */
function cluster(...more: readonly KubeObject[]) {
  const endpoint = (ip: string) => ({
    addresses: [ip],
    nodeName: "n2",
    targetRef: { kind: "Pod", name: "web", namespace: "default" },
    conditions: { ready: true },
  });
  const slice = (addressType: string, ip: string) => ({
    kind: "EndpointSlice",
    metadata: { name: addressType, namespace: "default", labels: { "kubernetes.io/service-name": "web" } },
    addressType,
    endpoints: [endpoint(ip)],
    ports: [{ name: "", port, protocol: "TCP" }],
  });
  return fixtureCluster([
    node("n1"),
    node("n2"),
    runningPod("client", "n1", ["127.0.0.1", "::1"]),
    runningPod("web", "n2", ["127.0.0.1", "::1"], port),
    service("web", { ...families, clusterIPs: ["::1", "127.0.0.1"] }),
    slice("IPv6", "::1"),
    slice("IPv4", "127.0.0.1"),
    ...more,
  ]);
}

const ask = (to: string, of: ReturnType<typeof cluster>) => {
  const { target } = readTarget(to, "default");
  assert.ok(target);
  const subject: Subject = { from: { namespace: "default", name: "client" }, to: target };
  return diagnose(of, subject, { now: Date.now });
};
const tried = ({ symptoms }: Awaited<ReturnType<typeof ask>>) =>
  symptoms.filter(({ kind }) => kind === "dial").map(({ family, to, outcome }) => `${family} ${to} ${outcome}`);
const paths = (...names: string[]) =>
  names.map((name) => ({ path: `/${name}`, backend: { service: { name, port: { number: port } } } }));
const ingress = (addresses: readonly string[], names: readonly string[] = ["web"]): KubeObject => ({
  kind: "Ingress",
  metadata: { name: "shop", namespace: "default" },
  spec: { rules: [{ host: "shop.example", http: { paths: paths(...names) } }] },
  status: { loadBalancer: { ingress: addresses.map((ip) => ({ ip })) } },
});
const door = (spec: object, ...ips: string[]) => service("ingress-nginx", { type: "LoadBalancer", ...spec }, ips);

describe("a front door", () => {
  it("is dialled at its addresses, then the Service behind it, then each of its pods", async () => {
    const ports = { ...families, clusterIPs: ["::1", "127.0.0.1"] };
    const shop = ingress(["127.0.0.1", "::1"]);
    const diagnosis = await ask(`ing/shop:${port}`, cluster(shop, door(ports, "127.0.0.1", "::1")));
    assert.deepEqual(tried(diagnosis), [
      `IPv6 pod default/web [::1]:${port} ok`,
      `IPv4 pod default/web 127.0.0.1:${port} ok`,
      `IPv6 Service default/web [::1]:${port} ok`,
      `IPv4 Service default/web 127.0.0.1:${port} ok`,
      `IPv6 Ingress default/shop [::1]:${port} ok`,
      `IPv4 Ingress default/shop 127.0.0.1:${port} ok`,
    ]);
    const text = diagnosisToText(diagnosis, { color: false });
    assert.match(text, /to Ingress default\/shop/);
    assert.match(text, /Ingress default\/shop sends to Service default\/web/);
  });

  it("without an IPv6 address is named after its controller's Service, the application's own being dual-stack", async () => {
    const selector = { app: "ingress-nginx" };
    const four = { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"], clusterIPs: ["127.0.0.1"], selector };
    const diagnosis = await ask(`ing/shop:${port}`, cluster(ingress(["127.0.0.1"]), door(four, "127.0.0.1")));
    assert.equal(diagnosis.first?.cause, "front-door-single-stack");
    assert.match(
      diagnosis.first?.because ?? "",
      /Service default\/ingress-nginx, which has ipFamilyPolicy SingleStack/,
    );
    const again = await replay(diagnosis.observations, diagnosis.subject);
    assert.deepEqual(again.first, diagnosis.first);
    assert.deepEqual(violations(schema, JSON.parse(diagnosisToJson(diagnosis))), []);
  });

  it("is a load balancer without IPv6 where the controller's Service has both families", async () => {
    const both = { ...families, clusterIPs: ["::1", "127.0.0.1"] };
    const diagnosis = await ask(`ing/shop:${port}`, cluster(ingress(["127.0.0.1"]), door(both, "127.0.0.1")));
    assert.equal(diagnosis.first?.cause, "load-balancer-without-ipv6");
  });

  const gateway: KubeObject = {
    kind: "Gateway",
    metadata: { name: "main", namespace: "default" },
    spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    status: {
      addresses: [
        { type: "IPAddress", value: "::1" },
        { type: "IPAddress", value: "127.0.0.1" },
      ],
    },
  };
  const route = (kind: string, conditions: readonly object[] = []): KubeObject => ({
    kind,
    metadata: { name: "shop", namespace: "default" },
    spec: {
      parentRefs: [{ name: "main" }],
      rules: [
        {
          backendRefs: [
            { name: "web", port },
            { name: "old", port },
          ],
        },
      ],
    },
    status: { parents: [{ parentRef: { name: "main" }, conditions }] },
  });

  it("sends to the port of that name, and nothing where the weight is 0", async () => {
    const ports = [
      { name: "metrics", port: 9 },
      { name: "web", port },
    ];
    const twofold = { ...families, clusterIPs: ["::1", "127.0.0.1"], ports };
    const named = ingress(["::1"]);
    const backend = { service: { name: "two", port: { name: "web" } } };
    const spec = { rules: [{ http: { paths: [{ path: "/", backend }] } }] };
    const { symptoms } = await ask(`ing/shop:${port}`, cluster({ ...named, spec }, service("two", twofold)));
    assert.ok(symptoms.some(({ to, outcome }) => to === `Service default/two [::1]:${port}` && outcome === "ok"));
    const shifted = route("HTTPRoute");
    const backendRefs = [
      { name: "old", port: 9, weight: 0 },
      { name: "web", port },
    ];
    const { chosen } = await ask(
      "httproute/shop",
      cluster(gateway, { ...shifted, spec: { ...shifted.spec, rules: [{ backendRefs }] } }),
    );
    assert.match(chosen.join("\n"), /HTTPRoute default\/shop sends to Service default\/web\n/);
    assert.doesNotMatch(chosen.join("\n"), /default\/old/);
  });

  it("is reached at the listener that the route is for, at the first of its Gateways", async () => {
    const listeners = [
      { name: "postgres", port: 5432, protocol: "TCP" },
      { name: "https", port: 443, protocol: "HTTPS" },
      { name: "test", port: 8443, protocol: "HTTPS" },
    ];
    const several = { ...gateway, spec: { listeners } };
    const away = { ...gateway, metadata: { name: "away", namespace: "default" } };
    const dialledAt = async (...parentRefs: object[]) => {
      const its = route("HTTPRoute");
      const { symptoms, chosen } = await ask(
        "httproute/shop",
        cluster(several, away, { ...its, spec: { ...its.spec, parentRefs } }),
      );
      const at = symptoms.flatMap(({ to }) => /^HTTPRoute default\/shop (\S+)$/.exec(to)?.[1] ?? []);
      return [at.join(" "), chosen.filter((one) => one.includes("also at")).join()];
    };
    assert.deepEqual(await dialledAt({ name: "main" }), ["[::1]:443 127.0.0.1:443", ""]);
    assert.deepEqual(await dialledAt({ name: "main", sectionName: "test" }), ["[::1]:8443 127.0.0.1:8443", ""]);
    assert.deepEqual(await dialledAt({ name: "main", port: 8443 }, { name: "away" }), [
      "[::1]:8443 127.0.0.1:8443",
      "it is also at Gateway default/away, port 80",
    ]);
  });

  it("blames none of several Services that share its address, unless one has its port", async () => {
    const four = {
      ipFamilyPolicy: "SingleStack",
      ipFamilies: ["IPv4"],
      clusterIPs: ["127.0.0.1"],
      selector: { app: "x" },
    };
    const other = service("dns", { type: "LoadBalancer", ...four, ports: [{ port: 53 }] }, ["127.0.0.1"]);
    const shared = await ask(`ing/shop:${port}`, cluster(ingress(["127.0.0.1"]), other, door(four, "127.0.0.1")));
    assert.match(shared.first?.because ?? "", /Service default\/ingress-nginx/);
    const ports = [{ port: 54 }];
    const neither = door({ ...four, ports }, "127.0.0.1");
    const { first } = await ask(`ing/shop:${port}`, cluster(ingress(["127.0.0.1"]), other, neither));
    assert.equal(first, undefined);
  });

  for (const kind of ["HTTPRoute", "GRPCRoute"])
    it(`of the Gateway API is followed from its ${kind}, and from its Gateway`, async () => {
      const refused = { type: "Accepted", status: "False", reason: "NoMatchingListenerHostname" };
      for (const to of [`${kind.toLowerCase()}/shop:${port}`, `gateway/main:${port}`]) {
        const diagnosis = await ask(to, cluster(gateway, route(kind, [refused])));
        const ways = tried(diagnosis);
        assert.ok(ways.includes(`IPv6 Service default/web [::1]:${port} ok`), ways.join("\n"));
        assert.equal(ways.filter((one) => /(Route|Gateway) default\/\w+ .* ok$/.test(one)).length, 2, ways.join("\n"));
        const said = diagnosis.chosen.join("\n");
        assert.match(said, /at Gateway main: Accepted is False \(NoMatchingListenerHostname\)/);
        assert.match(said, /it also sends to Service default\/old: ask for svc\/default\/old/);
      }
    });

  it("that is not there is said, with what may have been meant; so is one without address and Service", async () => {
    const none = await ask("ing/shopp", cluster(ingress([])));
    assert.deepEqual(none.missing, [{ what: "Ingress default/shopp", nearest: ["ing/default/shop"] }]);
    const empty = await ask("ing/shop", cluster(ingress([], [])));
    assert.match(empty.missing[0]?.what ?? "", /an address of Ingress default\/shop, or a Service behind it/);
  });
});

describe("a node port", () => {
  it("is dialled on the nodes in both families, and is a failure where IPv4 gets through and IPv6 does not", async () => {
    const closed = { ...families, type: "NodePort", clusterIPs: ["::1", "127.0.0.1"] };
    const of = (name: string, address: string): KubeObject => ({
      ...node(name),
      status: { addresses: [address, "127.0.0.1"].map((one) => ({ type: "InternalIP", address: one })) },
    });
    const ported = service("ported", { ...closed, ports: [{ port, nodePort: port }] });
    const client = runningPod("client", "n1", ["127.0.0.1", "::1"]);
    // 100::/64 is the discard-only prefix: whatever this machine does with it, nothing answers there.
    const diagnosis = await ask("svc/ported", fixtureCluster([of("n1", "100::9"), client, ported]));
    const node1 = diagnosis.symptoms.filter(({ to }) =>
      to.startsWith("node port of Service default/ported on node n1"),
    );
    assert.deepEqual(
      node1.map(({ family, outcome, failed }) => [family, outcome === "ok", failed]),
      [
        ["IPv6", false, true],
        ["IPv4", true, false],
      ],
    );
  });
});
