// Records anew what the diagnosis of each fault observed, or of those named: `node test/diagnosis/record.ts [NAME...]`, as root. refused.test.ts replays it.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { diagnose, type Subject } from "#core/diagnosis/diagnosis.ts";
import { faults, type Step } from "#test/lab/faults.ts";
import { startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import type { SavedDiagnosis } from "./saved.ts";

const outside = ["2001:db8:ffff::1", "198.51.100.1"];
const from = { namespace: "default", name: "n1-p1" };
const pair: Subject = { from, to: { kind: "pod", namespace: "default", name: "n2-p1" } };
const toService: Subject = { from, to: { kind: "service", namespace: "default", name: "web" } };
const toOutside: Subject = { from, to: { kind: "address", address: "2001:db8:ffff::1", port: 80 } };

const byId = (id: string): Step[] => faults.find((fault) => fault.id === id)?.inject ?? [];
const by = (netns: string, command: string): Step => ({ in: netns, run: command.split(" ") });

const recorded: readonly { readonly name: string; readonly inject: readonly Step[]; readonly subject: Subject }[] = [
  { name: "healthy", inject: [], subject: {} },
  { name: "forwarding-off", inject: byId("forwarding-off"), subject: pair },
  { name: "forward-drop", inject: byId("forward-policy-drops-ipv6"), subject: pair },
  { name: "forward-drop-far", inject: [by("n2", "ip6tables -P FORWARD DROP")], subject: pair },
  { name: "no-route-to-peer", inject: byId("route-to-peer-missing"), subject: pair },
  { name: "pod-without-route", inject: byId("pod-without-default-route"), subject: pair },
  { name: "disable-ipv6", inject: byId("ipv6-disabled-on-interface"), subject: pair },
  { name: "v4-only-listener", inject: byId("listener-ipv4-only"), subject: pair },
  { name: "single-stack", inject: byId("service-single-stack"), subject: toService },
  { name: "no-aaaa", inject: byId("no-aaaa"), subject: toService },
  { name: "no-rules", inject: [by("n1", "ip6tables -t nat -F KUBE-SERVICES")], subject: toService },
  { name: "policy-ipv4-only", inject: byId("network-policy-ipv4-only"), subject: pair },
  { name: "not-masqueraded", inject: [by("n1", "ip6tables -t nat -F KUBE-POSTROUTING")], subject: toOutside },
  {
    name: "neighbours-unheard",
    inject: [
      by("n1", "ip6tables -I INPUT -p ipv6-icmp -j DROP"),
      by("n1-p1", "ip -6 neigh flush all"),
      by("n1", "ip -6 neigh flush all"),
    ],
    subject: pair,
  },
  {
    name: "host-firewall",
    inject: [by("n2", "ip6tables -A INPUT -p tcp --dport 10250 -j DROP")],
    subject: { from, to: { kind: "node", name: "n2" } },
  },
  {
    name: "dns-without-endpoints",
    inject: [
      {
        patch: "/api/v1/namespaces/kube-system/services/kube-dns",
        type: "merge",
        body: { spec: { selector: { "k8s-app": "nobody" } } },
      },
    ],
    subject: toService,
  },
];

const named = process.argv.slice(2);
for (const { name, inject, subject } of recorded) {
  if (named.length > 0 && !named.includes(name)) continue;
  const lab = await startLab({ name: `record${process.pid}`, nodes: 2, pods: 2, mode: "vxlan6", ra: true });
  try {
    await perform(lab, inject);
    const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
    // A Corefile and a policy are read a moment later.
    await new Promise((done) => setTimeout(done, 3000));
    const { observations, first } = await diagnose(cluster, subject, { now: Date.now, outside });
    cluster.close();
    const kept = observations.map(({ id, probe, args, access, vantage, answer }) => ({
      id,
      probe,
      args,
      access,
      vantage,
      answer,
    }));
    const saved: SavedDiagnosis = { subject, outside, proves: first?.cause ?? "", observations: kept };
    writeFileSync(path.join(import.meta.dirname, "data", `${name}.json`), `${JSON.stringify(saved, small)}\n`);
    console.log(`${name}: ${kept.length} observations, ${first?.cause ?? "nothing proven"}`);
  } finally {
    await lab.stop();
  }
}

/** What no cause reads takes most of the room. */
function small(key: string, value: unknown): unknown {
  return /^(managedFields|uid|resourceVersion|creationTimestamp|generation|ownerReferences|conditions)$/.test(key) &&
    key !== "conditions"
    ? undefined
    : value;
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
