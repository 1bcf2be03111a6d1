/** What `kube-ipv6 prevent` writes does its work: its pods run here, and fail when something is broken, and only then. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { parseAllDocuments } from "yaml";
import { here } from "../cli/cli.ts";
import { whole } from "../support/whole.ts";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";
import { labSkip, labTest } from "./support.ts";
import { created, type Outcome, outcomeOf, podOfTemplate, readinessOf, running } from "./template-pods.ts";

const skip = await labSkip();
const healthyRuns = whole ? 20 : 5;
const policies = "/apis/networking.k8s.io/v1/namespaces/family-test/networkpolicies";
const service = "/api/v1/namespaces/family-test/services/family-test";
const corefile = "/api/v1/namespaces/kube-system/configmaps/coredns";

/** The files, as somebody who follows their heads would use them. */
async function written(lab: Lab, t: TestContext, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-prevent-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const ran = await here(["prevent", "--kubeconfig", lab.kubeconfig, "--output", folder, ...args]);
  const manifests = join(folder, "manifests");
  const texts = readdirSync(manifests).map((name) => readFileSync(join(manifests, name), "utf8"));
  const objects: Any[] = texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()));
  const lint = await here(["lint", folder]);
  return { ran, objects, lint };
}

/** The server takes all of it, by a dry run first, and the test pods run, one on each node. */
async function inPlace(lab: Lab, objects: readonly Any[]): Promise<void> {
  const isNamespace = ({ kind }: Any) => kind === "Namespace";
  const others = objects.filter((each) => !isNamespace(each));
  await created(lab, objects.filter(isNamespace), true);
  await created(lab, objects.filter(isNamespace));
  await created(lab, others, true);
  await created(lab, others);
  const deployment = objects.find(({ kind }) => kind === "Deployment");
  for (const node of ["n1", "n2"]) await podOfTemplate(lab, deployment, node, `server-${node}`);
  for (const node of ["n1", "n2"]) await running(lab, "family-test", `server-${node}`);
}

interface Fault {
  readonly what: string;
  /** The family whose job has to fail; the other's has to succeed. */
  readonly family: "IPv4" | "IPv6";
  /** A word of its termination message. */
  readonly says: RegExp;
  readonly make: (lab: Lab) => Promise<unknown>;
  readonly heal: (lab: Lab) => Promise<unknown>;
  /** What the check of this node says, where it can see the fault. */
  readonly node?: { readonly name: string; readonly says: RegExp; readonly container?: string };
}

const on =
  (node: string, ...argv: string[]) =>
  async (lab: Lab) => {
    const { code, stderr } = await lab.exec(node, argv);
    assert.equal(code, 0, stderr);
  };
const patch = (path: string, body: object) => (lab: Lab) =>
  lab.api("PATCH", path, body, "application/merge-patch+json");
const drops = (program: string) => (action: string) =>
  on("n2", program, ...(action === "-I" ? ["-I", "FORWARD", "1"] : ["-D", "FORWARD"]), "-j", "DROP");

/** Kept for what takes it away. */
const kept = new Map<string, string>();
const withoutRoute = (node: string, family: "-4" | "-6") => async (lab: Lab) => {
  const { stdout } = await lab.exec(node, ["ip", family, "route", "show", "default"]);
  kept.set(`${node}${family}`, stdout.trim());
  await on(node, "ip", family, "route", "del", "default")(lab);
};
const withRoute = (node: string, family: "-4" | "-6") => (lab: Lab) =>
  on(node, "ip", family, "route", "add", ...(kept.get(`${node}${family}`) ?? "").split(/\s+/))(lab);

const faults: readonly Fault[] = [
  {
    what: "IPv6 forwarding is off on a node",
    family: "IPv6",
    says: /pod to pod: \[fd00:\S+\]:9376: no answer/,
    make: on("n2", "sysctl", "-w", "net.ipv6.conf.all.forwarding=0"),
    heal: on("n2", "sysctl", "-w", "net.ipv6.conf.all.forwarding=1"),
    node: { name: "n2", says: /^IPv6 forwarding: WRONG: net.ipv6.conf.all.forwarding is 0$/m },
  },
  {
    what: "ip6tables drops what is forwarded",
    family: "IPv6",
    says: /pod to pod/,
    make: drops("ip6tables")("-I"),
    heal: drops("ip6tables")("-D"),
    node: {
      name: "n2",
      container: "rules",
      says: /^IPv6 packet filter: WRONG: the first rule is -A FORWARD -j DROP$/m,
    },
  },
  {
    what: "AAAA records are hidden",
    family: "IPv6",
    says: /^IPv6 fails; DNS: AAAA of family-test-pods\.family-test\.svc\.cluster\.local: /,
    make: async (lab) => {
      const { data } = await lab.api("GET", corefile);
      kept.set("Corefile", data.Corefile);
      await patch(corefile, {
        data: {
          Corefile: data.Corefile.replace(".:53 {", ".:53 {\n    template IN AAAA . {\n        rcode NOERROR\n    }\n"),
        },
      })(lab);
    },
    heal: (lab) => patch(corefile, { data: { Corefile: kept.get("Corefile") } })(lab),
  },
  {
    what: "the Service has lost its IPv6 address",
    family: "IPv6",
    says: /^IPv6 fails; DNS: AAAA of family-test\.family-test\.svc\.cluster\.local: .*; pod to Service not tested/,
    make: patch(service, { spec: { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"] } }),
    heal: patch(service, { spec: { ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv4", "IPv6"] } }),
  },
  {
    what: "kube-proxy's rules for IPv6 are gone",
    family: "IPv6",
    says: /^IPv6 fails; pod to Service: \[fd00:/,
    make: on("n1", "ip6tables", "-t", "nat", "-I", "PREROUTING", "1", "-p", "tcp", "--dport", "9376", "-j", "ACCEPT"),
    heal: on("n1", "ip6tables", "-t", "nat", "-D", "PREROUTING", "-p", "tcp", "--dport", "9376", "-j", "ACCEPT"),
  },
  {
    what: "a node has no IPv6 default route",
    family: "IPv6",
    says: /^IPv6 fails; outside: example\.test port 80: 2001:db8:ffff::1: /,
    make: withoutRoute("n1", "-6"),
    heal: withRoute("n1", "-6"),
    node: { name: "n1", says: /^IPv6 default route: WRONG: there is none$/m },
  },
  {
    what: "IPv6 packets of full size get lost",
    family: "IPv6",
    says: /answers a small request and not one of 4000 bytes/,
    make: on("n2", "ip6tables", "-I", "FORWARD", "1", "-p", "tcp", "--dport", "9376", ...biggerThan(1200)),
    heal: on("n2", "ip6tables", "-D", "FORWARD", "-p", "tcp", "--dport", "9376", ...biggerThan(1200)),
  },
  {
    what: "IPv4 forwarding is off on a node",
    family: "IPv4",
    says: /pod to pod: 10\.244\.2\.\d+:9376: no answer/,
    make: on("n2", "sysctl", "-w", "net.ipv4.ip_forward=0"),
    heal: on("n2", "sysctl", "-w", "net.ipv4.ip_forward=1"),
    node: { name: "n2", says: /^IPv4 forwarding: WRONG: net.ipv4.ip_forward is 0$/m },
  },
  {
    what: "iptables drops what is forwarded",
    family: "IPv4",
    says: /pod to pod/,
    make: drops("iptables")("-I"),
    heal: drops("iptables")("-D"),
    node: {
      name: "n2",
      container: "rules",
      says: /^IPv4 packet filter: WRONG: the first rule is -A FORWARD -j DROP$/m,
    },
  },
  {
    what: "a node has no IPv4 default route",
    family: "IPv4",
    says: /^IPv4 fails; outside: example\.test port 80: 198\.51\.100\.1: /,
    make: withoutRoute("n1", "-4"),
    heal: withRoute("n1", "-4"),
    node: { name: "n1", says: /^IPv4 default route: WRONG: there is none$/m },
  },
];

function biggerThan(bytes: number): string[] {
  return ["-m", "length", "--length", `${bytes}:65535`, "-j", "DROP"];
}

labTest(
  "jobs fail for the family that is broken, and for none while nothing is",
  { nodes: 2, pods: 1, mode: "bridge" },
  skip,
  async (lab, t) => {
    const { ran, objects, lint } = await written(
      lab,
      t,
      "--outside=example.test:80",
      "--rules-image=registry.k8s.io/kube-proxy:v1.36.0",
    );
    assert.equal(ran.code, 0, ran.err);
    assert.match(lint.err, /0 errors, 0 warnings/);
    assert.doesNotMatch(lint.out, /manifests\//, "nothing at all of the manifests");
    await inPlace(lab, objects);
    const jobs = { IPv4: jobOf(objects, "ipv4"), IPv6: jobOf(objects, "ipv6") };
    const checks = objects.find(({ kind }) => kind === "DaemonSet");
    const runs = (family: "IPv4" | "IPv6", name: string) => outcomeOf(lab, jobs[family], "n1", name);

    const healthy: Outcome[] = [];
    for (let run = 0; run < healthyRuns; run++)
      healthy.push(...(await Promise.all([runs("IPv4", `four-${run}`), runs("IPv6", `six-${run}`)])));
    assert.deepEqual(
      healthy.filter(({ code }) => code !== 0),
      [],
    );
    t.diagnostic(`${healthy.length} runs while nothing is broken, 0 failed`);
    for (const container of ["node", "rules"])
      for (const node of ["n1", "n2"]) {
        const seen = await outcomeOf(lab, readinessOf(checks, container), node, `${container}-${node}`);
        assert.equal(seen.code, 0, seen.log);
      }

    for (const [index, fault] of faults.filter((_, place) => whole || place % 3 === 0).entries()) {
      const { what, family, says, make, heal, node } = fault;
      await make(lab);
      const other = family === "IPv4" ? "IPv6" : "IPv4";
      const [broken, sound] = await Promise.all([runs(family, `broken-${index}`), runs(other, `sound-${index}`)]);
      assert.equal(broken.code, 1, `${what}: ${broken.log}`);
      assert.match(broken.message, new RegExp(`^${family} fails`), what);
      assert.match(broken.message, says, what);
      assert.equal(sound.code, 0, `${what}, ${other}: ${sound.log}`);
      t.diagnostic(`${what}: ${broken.message.trim()}`);
      if (node) {
        const workload = readinessOf(checks, node.container ?? "node");
        const seen = await outcomeOf(lab, workload, node.name, `check-${index}`);
        assert.equal(seen.code, 1, `${what}: ${seen.log}`);
        assert.match(seen.log, node.says);
      }
      await heal(lab);
      const again = await runs(family, `healed-${index}`);
      assert.equal(again.code, 0, `${what}, healed: ${again.log}`);
    }
  },
);

labTest(
  "policies in force are named, and what is offered lets the tests through",
  { nodes: 2, pods: 1 },
  skip,
  async (lab, t) => {
    const first = await written(lab, t);
    await inPlace(lab, first.objects);
    await lab.api("POST", policies, {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "deny-all", namespace: "family-test" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    const stopped = await outcomeOf(lab, jobOf(first.objects, "ipv6"), "n1", "stopped");
    assert.equal(stopped.code, 1, stopped.log);

    const { ran, objects } = await written(lab, t);
    assert.equal(ran.code, 1);
    assert.match(
      ran.err,
      /IPv6 from the tests to DNS \(UDP 53\) is denied by NetworkPolicy family-test\/deny-all; manifests\/5-allow-tests\.yaml lets it through/,
    );
    assert.match(ran.err, /IPv4 from the tests to the test pods \(TCP 9376\) is denied/);
    await created(
      lab,
      objects.filter(({ kind }) => kind === "NetworkPolicy"),
    );
    for (const family of ["ipv4", "ipv6"]) {
      const through = await outcomeOf(lab, jobOf(objects, family), "n1", `through-${family}`);
      assert.equal(through.code, 0, through.log);
    }
    assert.equal((await written(lab, t)).ran.code, 0, "nothing is in the way any more");
  },
);

labTest(
  "the check of nodes sees a default route that will run out, and an interface without IPv6",
  { nodes: 2, pods: 1, ra: true },
  skip,
  async (lab, t) => {
    const { objects } = await written(lab, t, "--only=nodes");
    await created(lab, objects);
    const check = readinessOf(
      objects.find(({ kind }) => kind === "DaemonSet"),
      "node",
    );
    const seen = async (name: string) => outcomeOf(lab, check, "n1", name);
    const sound = await seen("sound");
    assert.equal(sound.code, 0, sound.log);
    assert.match(sound.log, /^IPv6 accept_ra: ok: 2 on eth0$/m);
    await on("n1", "sysctl", "-w", "net.ipv6.conf.eth0.accept_ra=1")(lab);
    const closing = await seen("closing");
    assert.equal(closing.code, 1, closing.log);
    assert.match(closing.log, /^IPv6 accept_ra: WRONG: the default route by eth0 is of a router advertisement/m);
    await on("n1", "sysctl", "-w", "net.ipv6.conf.eth0.disable_ipv6=1")(lab);
    const without = await seen("without");
    assert.equal(without.code, 1, without.log);
    assert.match(without.log, /^IPv6 of eth0: WRONG: disable_ipv6 is 1/m);
  },
);

labTest("blackbox_exporter is found where it runs, and let in", { nodes: 1, pods: 1 }, skip, async (lab, t) => {
  const labels = { "app.kubernetes.io/name": "prometheus-blackbox-exporter" };
  await created(lab, [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "watching" } },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "exporter", namespace: "watching", labels },
      spec: { selector: labels, ports: [{ name: "http", port: 9115 }] },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "closed", namespace: "default" },
      spec: { podSelector: {}, policyTypes: ["Ingress"] },
    },
  ]);
  const { ran, objects } = await written(lab, t, "--namespace=default", "--prometheus=operator");
  assert.match(ran.err, /pods can be scheduled on one node alone/);
  assert.match(
    ran.err,
    /from blackbox_exporter to the test pods \(TCP 9376\) is denied by NetworkPolicy default\/closed/,
  );
  assert.ok(!objects.some(({ kind, metadata }) => kind === "Namespace" && metadata.name === "default"));
  const probes = objects.filter(({ kind }) => kind === "Probe");
  assert.deepEqual(
    probes.map(({ spec }) => [spec.module, spec.prober.url]),
    [
      ["http_ipv4", "exporter.watching.svc:9115"],
      ["http_ipv6", "exporter.watching.svc:9115"],
    ],
  );
  const [allowed] = objects.filter(({ kind }) => kind === "NetworkPolicy");
  assert.match(JSON.stringify(allowed.spec.ingress), /"kubernetes.io\/metadata.name":"watching"/);
});

for (const [families, own, other] of [
  ["ipv6", "IPv6", "IPv4"],
  ["ipv4", "IPv4", "IPv6"],
] as const)
  labTest(
    `a cluster of ${own} alone has tests of ${own} alone`,
    { nodes: 2, pods: 1, families },
    skip,
    async (lab, t) => {
      const { ran, objects, lint } = await written(lab, t);
      assert.equal(ran.code, 0, ran.err);
      assert.doesNotMatch(lint.out, /manifests\//);
      assert.match(lint.err, /0 errors, 0 warnings/);
      // The scripts know both; what they are told names one.
      const told = objects.filter(({ kind }) => kind !== "ConfigMap");
      assert.doesNotMatch(JSON.stringify(told), new RegExp(other, "i"));
      await inPlace(lab, objects);
      const job = jobOf(objects, own.toLowerCase());
      const works = await outcomeOf(lab, job, "n1", "works");
      assert.deepEqual([works.code, works.message], [0, `${own} works\n`], works.log);
      await on("n2", own === "IPv6" ? "ip6tables" : "iptables", "-I", "FORWARD", "1", "-j", "DROP")(lab);
      const broken = await outcomeOf(lab, job, "n1", "broken");
      assert.equal(broken.code, 1, broken.log);
    },
  );

function jobOf(objects: readonly Any[], family: string): Any {
  return objects.find(({ kind, metadata }) => kind === "CronJob" && metadata.name === `family-test-${family}`);
}
