/** Every way on the lab's API: tried, made and undone leaves the object as it was; and what comes between is told in the server's words. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { changeRecords } from "#cluster/change-records.ts";
import { changesIn } from "#cluster/changes.ts";
import { endpointOf } from "#cluster/endpoint.ts";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { readingOf } from "#cluster/reading.ts";
import type { WantedMend } from "#core/cluster/changes.ts";
import { changeState, make, undo } from "#core/mends/make.ts";
import { bare } from "#core/mends/patch.ts";
import { propose } from "#core/mends/propose.ts";
import { ways } from "#core/mends/ways/index.ts";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { labSkip, labTest } from "#test/lab/support.ts";

const skip = await labSkip();
const mergePatch = "application/merge-patch+json";
const purpose = { cause: "a-cause", asked: [] };

/** Each way with an object that wants it. */
const wanted: readonly WantedMend[] = [
  { mend: "service-both-families", namespace: "default", name: "old" },
  { mend: "service-first-family-alone", namespace: "default", name: "kubernetes" },
  { mend: "policy-both-families", namespace: "default", name: "guard" },
  { mend: "calico-policy-both-families", namespace: "default", name: "guard" },
  { mend: "calico-global-policy-both-families", name: "guard" },
  { mend: "corefile-aaaa", namespace: "kube-system", name: "coredns" },
  { mend: "cilium-masquerade", namespace: "kube-system", name: "cilium-config" },
  { mend: "pool-encapsulated", name: "default-ipv6-ippool" },
  { mend: "pool-masqueraded", name: "default-ipv6-ippool" },
  { mend: "felix-ipv6", name: "default" },
  { mend: "cilium-policy-both-families", namespace: "default", name: "guard" },
  { mend: "cilium-clusterwide-policy-both-families", name: "guard" },
];

labTest(
  "every way leaves the object as it was, once it is undone",
  { nodes: 2, pods: 2, mode: "routed" },
  skip,
  async (lab, t) => {
    assert.deepEqual(wanted.map(({ mend }) => mend).sort(), Object.keys(ways).sort());
    await plant(lab);
    const { cluster, changes, close } = await opened(lab, t);
    for (const one of wanted) {
      if (one.mend === "cilium-policy-both-families") await enforceByCilium(lab);
      const proposal = await propose(cluster, changes, one, { from: "default/n1-p2" });
      if ("not" in proposal) assert.fail(`${one.mend}: ${proposal.not}`);
      const before = await changes.look(proposal.place);
      assert.ok(before.ok);
      const change = await make(changes, proposal, purpose);
      if ("not" in change) assert.fail(`${one.mend}: ${change.not}`);
      assert.equal((await changeState(changes, change)).is, "made", one.mend);
      assert.deepEqual(change.after, proposal.after, `${one.mend}: what the dry run has shown is what came`);
      const undone = await undo(changes, change);
      assert.ok("done" in undone, `${one.mend}: ${JSON.stringify(undone)}`);
      const now = await changes.look(proposal.place);
      assert.deepEqual(now.ok && bare(now.value), bare(before.value), one.mend);
      assert.deepEqual(changes.records(), []);
      t.diagnostic(`${one.mend}: shown, made, undone; the object is as it was`);
    }

    await t.test("somebody who was quicker is not overwritten", async () => {
      const [old] = wanted;
      const proposal = await propose(cluster, changes, old as WantedMend, { from: "default/n1-p2" });
      if ("not" in proposal) assert.fail(proposal.not);
      await lab.api(
        "PATCH",
        "/api/v1/namespaces/default/services/old",
        { metadata: { labels: { a: "b" } } },
        mergePatch,
      );
      const refused = await make(changes, proposal, purpose);
      assert.match(
        "not" in refused ? refused.not : "it was made",
        /Operation cannot be fulfilled on services "old": the object has been modified; please apply your changes to the latest version and try again\.$/,
      );
      assert.deepEqual(changes.records(), []);
    });

    await t.test("what the server warns of is said before a yes", async () => {
      await lab.control({ warn: 'unknown field "spec.a\\b"' });
      const proposal = await propose(cluster, changes, wanted[0] as WantedMend, { from: "default/n1-p2" });
      await lab.control({ warn: "" });
      const said = "not" in proposal ? proposal.not : proposal.besides.at(-1);
      assert.equal(said, 'The server warns: unknown field "spec.a\\b".');
    });

    await t.test("who owns an object is asked to change it", async () => {
      const path = "/api/v1/namespaces/default/services/old";
      const owner = { apiVersion: "v1", kind: "Shop", name: "one", uid: "1", controller: true };
      await lab.api("PATCH", path, { metadata: { ownerReferences: [owner] } }, mergePatch);
      const proposal = await propose(cluster, changes, wanted[0] as WantedMend, { from: "default/n1-p2" });
      assert.match("not" in proposal ? proposal.not : "", /Shop one owns it and writes it anew: change it there/);
      const labels = { "app.kubernetes.io/managed-by": "Helm" };
      await lab.api("PATCH", path, { metadata: { ownerReferences: null, labels } }, mergePatch);
      const helm = await propose(cluster, changes, wanted[0] as WantedMend, { from: "default/n1-p2" });
      assert.match(
        "not" in helm ? helm.not : helm.besides.join(),
        /Helm made it: the next upgrade may take the change back/,
      );
    });
    close();
  },
);

async function opened(lab: Lab, t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-ways-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const kubeconfig = await readKubeconfig({ env: {}, path: lab.kubeconfig });
  assert.ok(kubeconfig.ok);
  const endpoint = await endpointOf(kubeconfig.value, undefined, { allowExec: true, timeout: 20_000 });
  assert.ok(endpoint.ok);
  const cluster = readingOf(endpoint.value);
  const changes = changesIn(endpoint.value, undefined, changeRecords(folder));
  return { cluster, changes, close: () => cluster.close() };
}

/** Policies are those of the plugin that is seen to be there. */
async function enforceByCilium(lab: Lab): Promise<void> {
  const { items } = await lab.api("GET", "/apis/apps/v1/daemonsets");
  const agent = items.find(({ metadata }: Any) => metadata.name === "calico-node");
  const { namespace, labels } = agent.metadata;
  const path = `/apis/apps/v1/namespaces/${namespace}/daemonsets`;
  await lab.api("DELETE", `${path}/calico-node`);
  await lab.api("POST", path, { ...agent, metadata: { name: "cilium", namespace, labels } });
}

/** What each of them is to mend. */
async function plant(lab: Lab): Promise<void> {
  const core = "/api/v1/namespaces";
  const crd = "/apis/crd.projectcalico.org/v1";
  const spec = { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }], ipFamilies: ["IPv4"] };
  await lab.api("POST", `${core}/default/services`, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "old" },
    spec,
  });
  const both = { spec: { ipFamilyPolicy: "PreferDualStack" } };
  await lab.api("PATCH", `${core}/default/services/kubernetes`, both, mergePatch);
  await lab.api("POST", "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "guard" },
    spec: {
      podSelector: { matchLabels: { app: "client" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }],
    },
  });
  const source = { nets: ["0.0.0.0/0"] };
  const calico = { types: ["Ingress"], ingress: [{ action: "Allow", protocol: "TCP", source }] };
  const cilium = { ingress: [{ fromCIDR: ["0.0.0.0/0"] }] };
  // Where several policies select a pod, the first one of Calico's decides.
  const [client, dns] = ["app == 'client'", "k8s-app == 'kube-dns'"];
  for (const [path, kind, policy] of [
    [`${crd}/namespaces/default/networkpolicies`, "NetworkPolicy", { ...calico, selector: client }],
    [`${crd}/globalnetworkpolicies`, "GlobalNetworkPolicy", { ...calico, selector: dns }],
    [
      "/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies",
      "CiliumNetworkPolicy",
      { ...cilium, endpointSelector: { matchLabels: { app: "client" } } },
    ],
    [
      "/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies",
      "CiliumClusterwideNetworkPolicy",
      { ...cilium, endpointSelector: { matchLabels: { "k8s-app": "kube-dns" } } },
    ],
  ] as const) {
    const apiVersion = path.split("/").slice(2, 4).join("/");
    await lab.api("POST", path, { apiVersion, kind, metadata: { name: "guard" }, spec: policy });
  }
  const { data } = await lab.api("GET", `${core}/kube-system/configmaps/coredns`);
  const Corefile = data.Corefile.replace(/\n( +)kubernetes/, "\n$1template IN AAAA {\n$1}\n$&");
  await lab.api("PATCH", `${core}/kube-system/configmaps/coredns`, { data: { Corefile } }, mergePatch);
  await lab.api("POST", `${core}/kube-system/configmaps`, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "cilium-config" },
    data: { "enable-ipv6": "true" },
  });
  await lab.api("PATCH", `${crd}/ippools/default-ipv6-ippool`, { spec: { natOutgoing: false } }, mergePatch);
  await lab.api("PATCH", `${crd}/felixconfigurations/default`, { spec: { ipv6Support: false } }, mergePatch);
}
