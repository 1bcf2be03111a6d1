import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { answered, type KubeObject } from "#core/cluster/cluster.ts";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import { dialBoth } from "#core/equality/dials.ts";
import { beyondMesh, meshOf } from "#core/probing/mesh.ts";
import { keepPod } from "#core/probing/redact.ts";
import type { Want } from "#core/probing/want.ts";
import { fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const server = createServer((socket) => socket.end());
let port = 0;
before(async () => {
  await new Promise<void>((done) => server.listen(0, "::", done));
  port = (server.address() as AddressInfo).port;
});
after(() => server.close());

/** A pod whose connections a sidecar takes. */
function meshed(pod: KubeObject, init = "istio-init"): KubeObject {
  const initContainerStatuses = [{ name: init, ready: true, state: { terminated: { exitCode: 0 } } }];
  return { ...pod, status: { ...pod.status, initContainerStatuses } };
}

const ambient = (): KubeObject => ({
  metadata: { name: "a", annotations: { "ambient.istio.io/redirection": "enabled" } },
  status: {},
});
const query = (host: string): Want => ({ op: "lookup", host, port: 53, seconds: 1, hex: "", type: "AAAA", name: "x." });
const client = () => runningPod("client", "n1", ["192.0.2.1", "2001:db8::1"]);
/** Any address of this machine: it answers here. */
const web = () => runningPod("web", "n2", ["0.0.0.0", "::"], port);

async function dialled(from: KubeObject, to: KubeObject) {
  const subject = {
    from: { namespace: "default", name: "client" },
    to: { kind: "pod", namespace: "default", name: "web" },
  } as const;
  return diagnose(fixtureCluster([node("n1"), node("n2"), from, to]), subject, { now: Date.now });
}
const cases = [
  ["istio-init", "Istio"],
  ["istio-validation", "Istio"],
  ["linkerd-init", "Linkerd"],
  ["linkerd-network-validator", "Linkerd"],
  ["consul-connect-inject-init", "Consul"],
  ["kuma-init", "Kuma"],
] as const;

describe("a mesh whose proxy takes every connection", () => {
  it("is known by what redirects, also in what is kept of a pod; a gateway of it redirects nothing", () => {
    for (const [init, name] of cases) assert.equal(meshOf(keepPod(meshed(client(), init)))?.name, name);
    assert.equal(meshOf(keepPod(ambient()))?.name, "Istio");
    for (const init of ["toString", "install"]) assert.equal(meshOf(meshed(client(), init)), undefined);
    assert.equal(meshOf({ ...meshed(client()), spec: { hostNetwork: true } }), undefined);
  });

  it("in the pod that dials: what it takes is no connection to anybody", async () => {
    const { symptoms, families, verdicts } = await dialled(meshed(client()), web());
    const dials = symptoms.filter(({ kind }) => kind === "dial");
    assert.deepEqual([...new Set(dials.map(({ outcome }) => outcome))], ["not-looked"]);
    assert.match(dials[0]?.text ?? "", /the proxy of Istio in the pod itself took the connection/);
    assert.deepEqual([families.IPv6.works, families.IPv4.works], [[], []]);
    assert.ok(!verdicts.some(({ cause, status }) => cause === "listener-ipv4-only" && status === "excluded"));
  });

  it("in the pod that dials: a refusal may be its own, and silence is nobody's of it", () => {
    const mesh = meshOf(meshed(client()));
    const beyond = (host: string, text: string, op: "dial" | "lookup" = "dial") => {
      const want = op === "dial" ? ({ op, host, port: 80, seconds: 1 } as const) : query(host);
      return beyondMesh(answered({ ok: false, text, ms: 1, tool: "bash" }), [want], mesh);
    };
    for (const text of ["Connection refused", "ECONNREFUSED"]) {
      const answer = beyond("fd00::1", text);
      assert.match(answer.ok ? "" : answer.refusal.message, /refused, maybe by the proxy of Istio in the pod itself/);
    }
    assert.ok(beyond("2001:db8::1", "Connection refused").ok, "its own address");
    for (const text of ["", "Network is unreachable", "No route to host"]) assert.ok(beyond("fd00::1", text).ok, text);
  });

  it("is asked for names where it takes queries, and no server is said to have answered", () => {
    const capture = { name: "istio-proxy", image: "proxyv2", env: [{ name: "ISTIO_META_DNS_CAPTURE", value: "true" }] };
    const pod = meshed(client());
    const beside = { ...pod, spec: { ...pod.spec, containers: [...pod.spec.containers, capture] } };
    const native = { ...pod, spec: { ...pod.spec, initContainers: [{ ...capture, restartPolicy: "Always" }] } };
    const taken = [beside, native, meshed(client(), "kuma-init"), ambient()];
    for (const one of [...taken, ...taken.map(keepPod)]) {
      const answer = beyondMesh(answered({ answer: {} }), [query("fd00::a")], meshOf(one));
      assert.match(answer.ok ? "" : answer.refusal.message, /the pod itself takes every DNS query/);
      assert.ok(beyondMesh(answered({ answer: {} }), [query("::1")], meshOf(one)).ok, "whoever asks it itself");
    }
    for (const one of [pod, meshed(client(), "linkerd-init"), meshed(client(), "consul-connect-inject-init")])
      assert.ok(beyondMesh(answered({ answer: {} }), [query("fd00::a")], meshOf(one)).ok);
  });

  it("in the pod that is dialled: the network was passed, and of the application nothing is said", async () => {
    const { families, verdicts } = await dialled(client(), meshed(web(), "linkerd-init"));
    assert.match(families.IPv6.works[0] ?? "", /by the proxy of Linkerd in that pod: whether the application takes it/);
    for (const id of ["listener-ipv4-only", "listener-ipv6-only", "listener-loopback-only", "java-prefers-ipv4"])
      assert.equal(verdicts.find((one) => one.cause === id)?.status, "unknown", id);
  });

  it("in the pod that is dialled: who refused is not seen, and no application is blamed", async () => {
    const closed = runningPod("web", "n2", ["127.0.0.1", "::1"], 9);
    const { symptoms, verdicts } = await dialled(client(), meshed(closed));
    const refused = symptoms.filter(({ outcome, failed }) => outcome === "refused" && failed);
    assert.ok(refused.length >= 2 && refused.every(({ proxied }) => proxied === "Istio"), JSON.stringify(symptoms));
    assert.match(refused[0]?.text ?? "", /maybe by the proxy of Istio in that pod/);
    for (const id of ["listener-ipv4-only", "java-prefers-ipv4", "listener-loopback-only", "listener-ipv6-only"])
      assert.equal(verdicts.find((one) => one.cause === id)?.status, "unknown", id);
  });

  it("is no source where there is another, and its own ports are not its pod's", async () => {
    const away = { ...web(), metadata: { ...web().metadata, namespace: "other" } };
    const { chosen } = await diagnose(
      fixtureCluster([node("n1"), node("n2"), meshed(client()), away]),
      { namespace: "default" },
      { now: Date.now },
    );
    assert.match(chosen.join("\n"), /dialling from other\/web/);
    const app = web();
    const proxy = { name: "istio-proxy", image: "proxyv2", ports: [{ containerPort: 15090 }] };
    const both = { ...app, spec: { ...app.spec, containers: [proxy, ...app.spec.containers] } };
    const { symptoms } = await dialled(client(), both);
    assert.ok(
      symptoms.some(({ to }) => to.endsWith(`]:${port}`)),
      JSON.stringify(symptoms.map(({ to }) => to)),
    );
  });

  it("makes no Service alike in both families", async () => {
    const endpoint = (ip: string) => ({
      addresses: [ip],
      targetRef: { kind: "Pod", name: "web", namespace: "default" },
    });
    const slice = (addressType: string, ip: string) => ({
      metadata: { name: addressType, namespace: "default", labels: { "kubernetes.io/service-name": "web" } },
      addressType,
      endpoints: [endpoint(ip)],
      ports: [{ port, protocol: "TCP" }],
    });
    const service = {
      metadata: { name: "web", namespace: "default" },
      spec: { clusterIPs: ["0.0.0.0", "::"], ipFamilies: ["IPv4", "IPv6"], ports: [{ port }] },
    };
    const told = async (from: KubeObject, to: KubeObject) => {
      const pods = [from, to];
      const slices = [slice("IPv6", "::"), slice("IPv4", "0.0.0.0")];
      const of = { services: [service], slices, pods, from: "default/client" };
      return (await dialBoth(fixtureCluster([node("n1"), ...pods]), of, undefined)).unread;
    };
    assert.deepEqual(await told(client(), web()), []);
    assert.match(
      (await told(meshed(client()), web())).join("\n"),
      /was not dialled over both families: the proxy of Istio/,
    );
    assert.match(
      (await told(client(), meshed(web()))).join("\n"),
      /web: the proxy of Istio takes every connection in its pods/,
    );
  });
});
