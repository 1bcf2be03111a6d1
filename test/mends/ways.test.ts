/** What each way makes of an object, and where it makes nothing; those that ask a cluster are in test/cli/fix.test.ts. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { dumpedCluster } from "#core/cluster/dump.ts";
import { needed } from "#core/diagnosis/rights.ts";
import type { MendWay } from "#core/mends/way.ts";
import { ways as all } from "#core/mends/ways/index.ts";
import { root } from "#test/support/bundled.ts";

const ways: Readonly<Record<string, MendWay | undefined>> = all;

/** The patch, or why there is none. */
async function made(mend: string, object: Partial<KubeObject>, others: readonly KubeObject[] = []): Promise<unknown> {
  const whole = { metadata: { name: "it", namespace: "default" }, ...object } as KubeObject;
  const cluster = dumpedCluster([...others], "test");
  const wanted = { mend, name: whole.metadata.name };
  const patch = await ways[mend]?.patch(whole, { cluster, wanted });
  return patch && "not" in patch ? patch.not : patch;
}

test("a pool of IPv6 alone is encapsulated or masqueraded, and only where it is not", async () => {
  const six = { cidr: "fd00:10:244::/56", vxlanMode: "Never", ipipMode: "Never", natOutgoing: false };
  assert.deepEqual(await made("pool-encapsulated", { spec: six }), {
    spec: { vxlanMode: "CrossSubnet", ipipMode: "Never" },
  });
  assert.deepEqual(await made("pool-masqueraded", { spec: six }), { spec: { natOutgoing: true } });
  const four = { ...six, cidr: "10.244.0.0/16" };
  assert.equal(await made("pool-encapsulated", { spec: four }), "it is no pool of IPv6");
  assert.equal(await made("pool-masqueraded", { spec: four }), "it is no pool of IPv6");
  assert.match(String(await made("pool-encapsulated", { spec: { ...six, vxlanMode: "Always" } })), /Always already/);
  assert.match(String(await made("pool-masqueraded", { spec: { ...six, natOutgoing: true } })), /true already/);
});

test("settings of Felix and Cilium are changed where they say no, and nowhere else", async () => {
  assert.deepEqual(await made("felix-ipv6", { spec: { ipv6Support: false } }), { spec: { ipv6Support: true } });
  assert.match(String(await made("felix-ipv6", { spec: {} })), /not false there/);
  const data = { "enable-ipv6": "true", "enable-ipv6-masquerade": "false" };
  assert.deepEqual(await made("cilium-masquerade", { data }), { data: { "enable-ipv6-masquerade": "true" } });
  assert.equal(
    await made("cilium-masquerade", { data: { ...data, "enable-ipv6": "false" } }),
    "Cilium does no IPv6 here",
  );
  assert.deepEqual(ways["cilium-masquerade"]?.afterwards?.({ metadata: { name: "cilium-config", namespace: "x" } }), [
    ..."-n x rollout restart daemonset/cilium".split(" "),
  ]);
});

test("of a Corefile the lines that hide AAAA records go, with comments in them; answers of its own stay", async () => {
  const corefile = (lines: string) => `.:53 {\n    errors\n${lines}    kubernetes cluster.local\n    reload\n}\n`;
  const hiding = "    template IN AAAA . { # no IPv6 here\n        rcode NOERROR\n    }\n";
  const mended = (text: string) => made("corefile-aaaa", { data: { Corefile: text } });
  assert.deepEqual(await mended(corefile(hiding)), { data: { Corefile: corefile("") } });
  assert.deepEqual(await mended(corefile(hiding + hiding)), { data: { Corefile: corefile("") } });
  const own = '    template IN AAAA x.org {\n        answer "{{ .Name }} 60 IN AAAA 2001:db8::1"\n    }\n';
  assert.match(String(await mended(corefile(own))), /with nothing/);
  assert.match(String(await mended(corefile("    template ANY ANY x.org {\n        rcode NXDOMAIN\n    }\n"))), /no /);
  const meant = "    template IN AAAA dead.example.org {\n        rcode NOERROR\n    }\n";
  assert.deepEqual(await mended(corefile(hiding + meant)), { data: { Corefile: corefile(meant) } });
  assert.match(String(await mended(corefile(meant))), /answers for the cluster's names with nothing/);
  const outside = `cluster.local:53 {\n    kubernetes cluster.local\n}\n.:53 {\n${hiding}    forward . 192.0.2.1\n}\n`;
  assert.match(String(await mended(outside)), /answers for the cluster's names/);
  const way = ways["corefile-aaaa"];
  const object = (text: string) => ({ metadata: { name: "coredns" }, data: { Corefile: text } });
  assert.deepEqual(way?.afterwards?.(object(corefile(""))), []);
  assert.equal(way?.afterwards?.(object(corefile("").replace("reload", "log"))).at(-1), "deployment/coredns");
});

const other = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "b", namespace: "shop", labels: { app: "db" } },
};

test("a Service gets no second family where nobody would answer", async () => {
  const service = (spec: object, name = "web", namespace = "shop") =>
    made("service-both-families", { metadata: { name, namespace }, spec }, [other]);
  assert.match(String(await service({ selector: {} }, "kubernetes", "default")), /one family.*be refused/);
  assert.match(String(await service({ type: "ExternalName" })), /may not be set for an ExternalName/);
  assert.match(String(await service({ ipFamilies: ["IPv4"] })), /has no selector/);
  assert.match(String(await service({ selector: { app: "web" }, ipFamilies: ["IPv4", "IPv6"] })), /both families/);
  assert.match(String(await service({ selector: { app: "web" }, ipFamilies: ["IPv4"] })), /no pod behind it is ready/);
});

test("a policy of Calico or Cilium gets the other family where its rule knows one, by its own form", async () => {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "default", labels: { app: "web" } },
  };
  const agent = (name: string) => ({ apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name, namespace: "x" } });
  const policy = async (mend: string, engine: string, apiVersion: string, kind: string, content: object) => {
    const metadata =
      kind.startsWith("Global") || kind.includes("wide") ? { name: "it" } : { name: "it", namespace: "default" };
    const object = { apiVersion, kind, metadata, ...content };
    return made(mend, object, [object, pod, agent(engine)] as KubeObject[]);
  };
  const allow = { action: "Allow", protocol: "TCP", source: { nets: ["0.0.0.0/0"] } };
  const calico = { spec: { selector: "app == 'web'", types: ["Ingress"], ingress: [allow] } };
  const both = { spec: { ingress: [allow, { ...allow, source: { nets: ["::/0"] } }] } };
  const crd = "crd.projectcalico.org/v1";
  assert.deepEqual(await policy("calico-policy-both-families", "calico-node", crd, "NetworkPolicy", calico), both);
  assert.deepEqual(
    await policy("calico-global-policy-both-families", "calico-node", crd, "GlobalNetworkPolicy", calico),
    both,
  );
  const from = (...fromCIDR: string[]) => ({
    endpointSelector: { matchLabels: { app: "web" } },
    ingress: [{ fromCIDR }],
  });
  const [cilium, open] = [{ spec: from("0.0.0.0/0") }, { spec: { ingress: from("0.0.0.0/0", "::/0").ingress } }];
  const v2 = "cilium.io/v2";
  assert.deepEqual(await policy("cilium-policy-both-families", "cilium", v2, "CiliumNetworkPolicy", cilium), open);
  assert.deepEqual(
    await policy("cilium-policy-both-families", "cilium", v2, "CiliumNetworkPolicy", { specs: [cilium.spec] }),
    { specs: [from("0.0.0.0/0", "::/0")] },
  );
  assert.deepEqual(
    await policy("cilium-clusterwide-policy-both-families", "cilium", v2, "CiliumClusterwideNetworkPolicy", cilium),
    open,
  );
  const net = (net: string) => ({
    ...calico,
    spec: { ...calico.spec, ingress: [{ ...allow, source: { nets: [net] } }] },
  });
  assert.match(
    String(await policy("calico-policy-both-families", "calico-node", crd, "NetworkPolicy", net("10.1.0.0/16"))),
    /nobody can tell which IPv6 range stands for/,
  );
  assert.equal(
    await policy("calico-policy-both-families", "calico-node", crd, "NetworkPolicy", net("::/0")),
    "both families fare alike by what it says now",
  );
});

test("a dry run that gives no second address is of no use, in the recorded server's shape", () => {
  const { lacks } = ways["service-both-families"] ?? {};
  const after = (spec: object) => lacks?.({ metadata: { name: "a" }, spec });
  // PreferDualStack on a cluster of one family: https://kubernetes.io/docs/concepts/services-networking/dual-stack/
  assert.match(String(after({ clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"], ipFamilies: ["IPv4"] })), /no range/);
  assert.equal(after({ clusterIPs: ["10.96.34.228", "fd00:10:96::1"], ipFamilies: ["IPv4", "IPv6"] }), undefined);
  assert.equal(after({ clusterIP: "None", clusterIPs: ["None"], ipFamilies: ["IPv4", "IPv6"] }), undefined);
});

test("what default/kubernetes was given by hand goes again, and of no other Service", async () => {
  const both = { ipFamilies: ["IPv4", "IPv6"], clusterIPs: ["10.96.0.1", "fd00:10:96::1"] };
  const api = { metadata: { name: "kubernetes", namespace: "default" }, spec: both };
  assert.deepEqual(await made("service-first-family-alone", api), { spec: { ipFamilyPolicy: "SingleStack" } });
  assert.match(
    String(await made("service-first-family-alone", { metadata: { name: "web" }, spec: both })),
    /may well be served/,
  );
});

test("every way that a cause names is there, and every way is named by one", () => {
  const folder = `${root}core/src/causes`;
  const named = readdirSync(folder)
    .flatMap((file) => [...readFileSync(`${folder}/${file}`, "utf8").matchAll(/\bmend: "([\w-]+)"/g)])
    .map(([, mend]) => mend);
  assert.deepEqual([...new Set(named)].sort(), Object.keys(ways).sort());
  const files = readdirSync(`${root}core/src/mends/ways`).filter((file) => file !== "index.ts");
  assert.deepEqual(files.map((file) => file.replace(".ts", "")).sort(), Object.keys(ways).sort());
});

test("the role that is printed allows what every way changes", () => {
  const allowed = needed.filter(({ from }) => from === "fix").filter(({ verbs }) => verbs.includes("patch"));
  for (const [id, { types }] of Object.entries(all))
    for (const { apiVersion, resource } of types) {
      const apiGroup = apiVersion.includes("/") ? apiVersion.replace(/\/.*/, "") : "";
      const right = allowed.find((one) => one.apiGroup === apiGroup && one.resources.includes(resource));
      assert.ok(right, `${id}: patch ${resource} of "${apiGroup}"`);
    }
});
