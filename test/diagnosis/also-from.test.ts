import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { here } from "#cluster/here.ts";
import { answered, type KubeObject } from "#core/cluster/cluster.ts";
import { type AlsoFrom, diagnose, replay } from "#core/diagnosis/diagnosis.ts";
import type { Here, HereAttempt } from "#core/probing/here.ts";
import { diagnosisToJson, diagnosisToText } from "#core/report/diagnosis.ts";
import { matrixOf } from "#core/report/matrix.ts";
import { fixtureCluster, runningPod } from "./fixture-cluster.ts";

const server = createServer((_request, response) => response.end("hello"));
let port = 0;
before(async () => {
  await new Promise<void>((done) => server.listen(0, "::", done));
  port = (server.address() as AddressInfo).port;
});
after(() => server.close());

const nodeAt = (name: string, ...addresses: string[]): KubeObject => ({
  kind: "Node",
  metadata: { name },
  status: { addresses: addresses.map((address) => ({ type: "InternalIP", address })) },
});

/** A dual-stack Service of type LoadBalancer in front of one pod, all of it this machine. */
function cluster({
  ingress = [{ ip: "::1" }, { ip: "127.0.0.1" }] as object[],
  spec = {},
  nodes = [] as KubeObject[],
} = {}) {
  const slice = (addressType: string, ip: string) => ({
    kind: "EndpointSlice",
    metadata: { name: addressType, namespace: "default", labels: { "kubernetes.io/service-name": "web" } },
    addressType,
    endpoints: [
      {
        addresses: [ip],
        nodeName: "n2",
        targetRef: { kind: "Pod", name: "web", namespace: "default" },
        conditions: { ready: true },
      },
    ],
    ports: [{ name: "", port, protocol: "TCP" }],
  });
  const objects = [
    ...(nodes.length > 0 ? nodes : [nodeAt("n1", "::1", "127.0.0.1"), nodeAt("n2", "::1", "127.0.0.1")]),
    runningPod("client", "n1", ["127.0.0.1", "::1"]),
    runningPod("agent", "n1", ["127.0.0.1", "::1"], undefined, { hostNetwork: true }),
    runningPod("web", "n2", ["127.0.0.1", "::1"], port),
    {
      kind: "Service",
      metadata: { name: "web", namespace: "default" },
      spec: {
        type: "LoadBalancer",
        ipFamilies: ["IPv6", "IPv4"],
        clusterIPs: ["::1", "127.0.0.1"],
        ports: [{ port }],
        ...spec,
      },
      status: { loadBalancer: { ingress } },
    },
    slice("IPv6", "::1"),
    slice("IPv4", "127.0.0.1"),
  ];
  return { ...fixtureCluster(objects), server: "https://localhost:6443" };
}

const subject = (alsoFrom: AlsoFrom | undefined) => ({
  from: { namespace: "default", name: "client" },
  to: { kind: "service" as const, namespace: "default", name: "web" },
  ...(alsoFrom ? { alsoFrom } : {}),
});
const ask = (
  alsoFrom: AlsoFrom | undefined,
  of = cluster(),
  machine: Here = here,
  agree = async (_: readonly string[]) => true,
) => diagnose(of, subject(alsoFrom), { now: Date.now, here: { machine, agree } });
type Diagnosed = Awaited<ReturnType<typeof ask>>;
const besides = ({ symptoms }: Diagnosed) =>
  symptoms
    .filter(({ beside }) => beside)
    .map(({ family, from, to, outcome, failed }) => `${family} ${from} > ${to}: ${outcome}${failed ? " fails" : ""}`);
const text = (diagnosis: Diagnosed) => diagnosisToText(diagnosis, { color: false });

/** This machine, as one whose dials come to the same, whatever is dialled. */
function machine(
  of: (family: string) => Partial<HereAttempt>,
  names: Readonly<Record<string, readonly string[]>> = {},
): Here {
  return {
    dial: async ({ family }) => answered({ ok: true, ms: 3, text: "", route: true, own: true, ...of(family) }),
    resolve: async (_name, family) => {
      const addresses = names[family] ?? [];
      return answered(addresses.length > 0 ? { addresses } : { addresses, error: "ENOTFOUND" });
    },
  };
}
const loopback = machine(() => ({}));

describe("where clients stand", () => {
  it("is asked for: nothing is dialled from a node or from this machine else", async () => {
    const asked: string[] = [];
    const diagnosis = await ask(
      undefined,
      cluster(),
      { ...loopback, dial: async () => assert.fail("dialled") },
      async (words) => {
        asked.push(...words);
        return true;
      },
    );
    assert.deepEqual([besides(diagnosis), asked], [[], []]);
  });

  it("dials load balancer and node ports from this machine and from a node, as sources of their own", async () => {
    const of = cluster({ spec: { ports: [{ port, nodePort: port }] }, nodes: [nodeAt("n1", "::1", "127.0.0.1")] });
    const said: string[] = [];
    const diagnosis = await ask({ node: true, here: true }, of, here, async (words) => {
      said.push(...words);
      return true;
    });
    const seen = (from: string) => [
      `IPv6 ${from} > load balancer of Service default/web [::1]:${port}: ok`,
      `IPv4 ${from} > load balancer of Service default/web 127.0.0.1:${port}: ok`,
      `IPv6 ${from} > node port of Service default/web on node n1 [::1]:${port}: ok`,
      `IPv4 ${from} > node port of Service default/web on node n1 127.0.0.1:${port}: ok`,
    ];
    assert.deepEqual(besides(diagnosis), [...seen("node n1"), ...seen("this machine")]);
    assert.deepEqual(said.slice(0, 1), [`TCP connections, closed at once, to [::1]:${port}, 127.0.0.1:${port}`]);
    assert.match(text(diagnosis), /^IPv6 from this machine\n {2}works {2}load balancer of Service default\/web/m);
    assert.match(text(diagnosis), /^IPv6 from node n1\n {2}works/m);
    const row = matrixOf(diagnosis).find(({ from, target }) => from === "this machine" && target.startsWith("load"));
    assert.deepEqual([row?.cells.IPv6.state, row?.cells.IPv4.state], ["works", "works"]);
    assert.match(text(diagnosis), /traffic from this machine: TCP connections, closed at once, to \[::1\]/);
    const again = await replay(diagnosis.observations, diagnosis.subject);
    assert.deepEqual(
      again.symptoms.map(({ id, outcome }) => [id, outcome]),
      diagnosis.symptoms.map(({ id, outcome }) => [id, outcome]),
    );
  });

  it("does nothing without a yes, and says the same when it is judged again", async () => {
    const never = {
      ...loopback,
      dial: async () => assert.fail("dialled"),
      resolve: async () => assert.fail("resolved"),
    };
    const diagnosis = await ask({ here: true }, cluster(), never, async () => false);
    assert.deepEqual(besides(diagnosis), []);
    const again = await replay(diagnosis.observations, diagnosis.subject);
    assert.deepEqual(besides(again), []);
  });

  it("of a machine without IPv6 says that, and blames nobody", async () => {
    const four = machine((family) =>
      family === "IPv6" ? { ok: false, text: "ENETUNREACH", route: false, own: false } : {},
    );
    const diagnosis = await ask({ here: true }, cluster(), four);
    assert.match(
      text(diagnosis),
      /not dialled, since this machine has no IPv6 \(ENETUNREACH\): that says nothing of the cluster/,
    );
    assert.deepEqual(diagnosis.families.IPv6.fails, []);
    const lost = machine(() => ({ ok: false, text: "EHOSTUNREACH", route: false }));
    assert.match(
      text(await ask({ here: true }, cluster(), lost)),
      /not dialled, since its own routes lead to no such IPv6 address/,
    );
  });

  it("fails with the errno in words, said to be seen from this machine alone", async () => {
    const refused = machine((family) => (family === "IPv6" ? { ok: false, text: "ECONNREFUSED", ms: 9 } : {}));
    const diagnosis = await ask({ here: true }, cluster(), refused);
    assert.match(
      text(diagnosis),
      /fails {2}load balancer of Service default\/web \[::1\]:\d+ +connection refused \(ECONNREFUSED\) after 9 ms/,
    );
    assert.match(text(diagnosis), /IPv6 {2}fails {2}1 of \d+ attempts, from this machine alone; no cause is proven/);
    assert.equal(
      diagnosis.verdicts.some(({ status, latent }) => status === "proven" && !latent),
      false,
    );
  });

  it("says nothing of the cluster where this machine gets nowhere over that family", async () => {
    const dead = machine((family) => (family === "IPv6" ? { ok: false, text: "EHOSTUNREACH", ms: 3000 } : {}));
    const said = text(await ask({ here: true }, cluster(), dead));
    assert.match(said, /^IPv6 {4}\? {4}IPv6 is not judged from this machine; \d+ other attempts work\.$/m);
    assert.match(
      said,
      /no route to host \(EHOSTUNREACH\) after 3000 ms; nothing else was reached over IPv6: that may be this/,
    );
    assert.match(said, /^IPv4 {2}works/m);
    const control = { ...subject({ here: true }), outside: ["2001:db8:ffff::53"] };
    const asked = async (alive: boolean) => {
      const dials = async ({ host }: { readonly host: string }) => {
        const ok = alive && host === "2001:db8:ffff::53";
        return answered({ ok, ms: 3500, text: "", route: true, own: true });
      };
      return diagnose(cluster(), control, {
        now: Date.now,
        here: { machine: { ...dead, dial: dials }, agree: async () => true },
      });
    };
    assert.match(
      text(await asked(false)),
      /no answer in 3\.5 s; nor is the address outside \[2001:db8:ffff::53\]:53 reached/,
    );
    const reached = await asked(true);
    assert.match(
      text(reached),
      /no answer in 3\.5 s; over IPv6 it reaches the address outside \[2001:db8:ffff::53\]:53/,
    );
    assert.equal(reached.families.IPv6.fails.length, 1);
  });

  it("takes the API server for a control, but for one at the end of a tunnel", async () => {
    const dialled: string[] = [];
    const lonely = machine(() => ({ ok: false, text: "" }));
    const dial: Here["dial"] = async (to, signal) => {
      dialled.push(`${to.host}:${to.port}`);
      return lonely.dial(to, signal);
    };
    for (const server of ["https://[2001:db8::6]:6443", "https://[::1]:6443", "https://localhost:6443"])
      await ask({ here: true }, { ...cluster({ ingress: [{ ip: "2001:db8::1" }] }), server }, { ...lonely, dial });
    assert.deepEqual(
      dialled.filter((one) => one.endsWith(":6443")),
      ["2001:db8::6:6443"],
    );
  });

  it("excuses no pod that fails, and stands for none that nobody could dial from", async () => {
    const closed = { clusterIPs: ["100::9", "127.0.0.1"] };
    const diagnosis = await ask({ here: true }, cluster({ spec: closed }), loopback);
    assert.match(text(diagnosis), /^IPv6 {2}fails/m);
    assert.doesNotMatch(text(diagnosis), /this machine alone/);
    const mute = {
      ...cluster(),
      run: async () => ({ ok: false as const, refusal: { reason: "no-command" as const, message: "no shell" } }),
    };
    const none = text(await ask({ here: true }, mute, loopback));
    assert.doesNotMatch(none, /^IPv6 {2}works/m);
  });

  it("resolves the name of a load balancer here, and says which family it has no address of", async () => {
    const named = cluster({ ingress: [{ hostname: "lb.example.org" }] });
    const said: string[] = [];
    const four = machine(() => ({}), { IPv4: ["192.0.2.9"] });
    const diagnosis = await ask({ here: true }, named, four, async (words) => {
      said.push(...words);
      return true;
    });
    assert.match(said.join(), /DNS questions to its own resolver about lb\.example\.org \(port \d+\)/);
    assert.deepEqual(besides(diagnosis), [
      `IPv4 this machine > load balancer of Service default/web lb.example.org 192.0.2.9:${port}: ok`,
      "IPv6 this machine > load balancer of Service default/web lb.example.org: no-record fails",
    ]);
    assert.doesNotMatch(text(diagnosis), /lb\.example\.org was not looked at/);
    assert.match(text(await ask(undefined, named)), /lb\.example\.org was not looked at/);
  });

  it("with externalTrafficPolicy Local leaves alone the nodes that answer nobody", async () => {
    const spec = { externalTrafficPolicy: "Local", ports: [{ port, nodePort: port }] };
    const diagnosis = await ask({ here: true }, cluster({ spec }), loopback);
    assert.deepEqual(
      besides(diagnosis).filter((one) => one.includes("n1")),
      [],
    );
    assert.equal(besides(diagnosis).filter((one) => one.includes("on node n2")).length, 2);
    assert.match(text(diagnosis), /1 of 2 nodes have no ready pod behind it/);
  });

  it("says of a Service without an address outside that there is nothing to dial", async () => {
    const diagnosis = await ask(
      { node: true, here: true },
      cluster({ ingress: [], spec: { type: "ClusterIP" } }),
      loopback,
    );
    assert.match(text(diagnosis), /Service default\/web is of type ClusterIP and has no address to dial from outside/);
    assert.deepEqual(besides(diagnosis), []);
    assert.doesNotMatch(diagnosisToJson(diagnosis), /dials as well/);
  });

  it("dials nothing that tells a machine of itself, whatever a cluster hands out", async () => {
    const elsewhere = (of: ReturnType<typeof cluster>) => ({ ...of, server: "https://[2001:db8::6]:6443" });
    const own = ["::1", "169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "0.0.0.0", "ff02::1"];
    const given = elsewhere(cluster({ ingress: [...own, "192.0.2.1"].map((ip) => ({ ip })), nodes: [nodeAt("n1")] }));
    const dialled: string[] = [];
    const watched: Here = {
      ...machine(() => ({}), { IPv4: ["169.254.169.254", "127.0.0.1"], IPv6: ["2001:db8::9"] }),
      dial: async ({ host }) => {
        dialled.push(host);
        return answered({ ok: true, ms: 3, text: "", route: true, own: true });
      },
    };
    const said: string[] = [];
    const diagnosis = await ask({ here: true, node: true }, given, watched, async (words) => {
      said.push(...words);
      return true;
    });
    assert.deepEqual(dialled, ["192.0.2.1"]);
    assert.deepEqual(said.slice(0, 1), [`TCP connections, closed at once, to 192.0.2.1:${port}`]);
    const refused = diagnosis.symptoms.filter(({ beside, text: why }) => beside && /^not dialled/.test(why));
    assert.deepEqual([...new Set(refused.map(({ outcome, failed }) => `${outcome} ${failed}`))], ["not-looked false"]);
    assert.equal(refused.filter(({ from }) => from === "this machine").length, own.length);
    assert.match(text(diagnosis), /not dialled: 169\.254\.169\.254 is link-local, which no client of a cluster/);
    const named = elsewhere(cluster({ ingress: [{ hostname: "lb.example.org" }], nodes: [nodeAt("n1")] }));
    dialled.length = 0;
    await ask({ here: true }, named, watched);
    assert.deepEqual(dialled, ["2001:db8::9"]);
  });
});
