import assert from "node:assert/strict";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose, replay, type Subject, type Target } from "#core/diagnosis/diagnosis.ts";
import { type Fault, faults, type Step } from "#test/lab/faults.ts";
import type { Lab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";

const skip = await labSkip();

/** What a lab in routed mode can heal again: the others take away addresses and routes that only a bridged lab restores. */
const healRouted = new Set([
  "forwarding-off",
  "forward-policy-drops-ipv6",
  "listener-ipv4-only",
  "service-single-stack",
  "no-aaaa",
  "network-policy-ipv4-only",
]);

/** Named, and no more than possible: no other node is looked at, which would show that the router still offers a default route. */
const unproven = new Set(["ra-default-lost"]);

/** The outside of a lab refuses port 53 in both families, which proves the path as well as a connection. */
const outside = ["2001:db8:ffff::1", "198.51.100.1"];

const pair: Subject = { from: pod("n1-p1"), to: { kind: "pod", ...pod("n2-p1") } };

for (const mode of ["vxlan6", "routed"] as const)
  labTest(
    `${mode}: each fault is the one cause that is proven, and a healthy cluster has none`,
    { nodes: 2, pods: 2, mode, ra: true },
    skip,
    async (lab) => {
      const run = await diagnosing(lab);
      const chosen = faults.filter(({ id }) => mode !== "routed" || healRouted.has(id));
      assertHealthy(await run(pair), "before");
      assertHealthy(await run({}), "the survey before");
      for (const fault of chosen) {
        await perform(lab, fault.inject);
        const expected = fault.id;
        const diagnosis = await settled(run, subjectOf(fault), expected);
        assert.equal(diagnosis.verdicts[0]?.cause, expected, explain(diagnosis));
        assert.deepEqual(provenCauses(diagnosis), unproven.has(expected) ? [] : [expected], explain(diagnosis));
        await atMostExecs(diagnosis, () => run(subjectOf(fault)), fault.id);
        const again = await replay(JSON.parse(JSON.stringify(diagnosis.observations)), diagnosis.subject, { outside });
        assert.deepEqual(again.verdicts, diagnosis.verdicts, `${fault.id}: a replay comes to other verdicts`);
        await perform(lab, fault.heal);
      }
    },
  );

labTest(
  "a survey of three nodes finds the node that does not forward",
  { nodes: 3, pods: 2, mode: "vxlan6", ra: true },
  skip,
  async (lab) => {
    const run = await diagnosing(lab);
    await perform(lab, [{ in: "n3", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
    const diagnosis = await run({});
    assert.deepEqual(provenCauses(diagnosis), ["forwarding-off"], explain(diagnosis));
    assert.match(diagnosis.first?.because ?? "", /node n3/);
  },
);

const by = (netns: string, command: string): Step => ({ in: netns, run: command.split(" ") });

/** Faults beyond the lab's own list: on the far side, and look-alikes of those on the list. Those without `heal` come last. */
/** Both nodes watched while the dial is made once more, another container of each that has nft, and what each tells besides. */
const watched = 20;

const more: readonly { cause: string; inject: Step[]; heal: Step[]; subject?: Subject; execs?: number }[] = [
  {
    cause: "forwarding-off",
    inject: [by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=0")],
    heal: [by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=1")],
  },
  {
    cause: "forward-policy-drops-ipv6",
    inject: [by("n2", "ip6tables -P FORWARD DROP")],
    heal: [by("n2", "ip6tables -P FORWARD ACCEPT")],
  },
  {
    cause: "firewall-rejects",
    inject: [by("n1", "ip6tables -I FORWARD -j REJECT --reject-with icmp6-adm-prohibited")],
    heal: [by("n1", "ip6tables -D FORWARD -j REJECT --reject-with icmp6-adm-prohibited")],
  },
  {
    cause: "firewall-rejects",
    execs: watched,
    inject: [
      by("n2", "nft add table inet firewalld"),
      by("n2", "nft add chain inet firewalld fw { type filter hook forward priority 10 ; }"),
      by("n2", "nft add rule inet firewalld fw ct state established,related accept"),
      by("n2", "nft add rule inet firewalld fw meta nfproto ipv6 oifname cni0 reject with icmpx type admin-prohibited"),
    ],
    heal: [by("n2", "nft delete table inet firewalld")],
  },
  {
    cause: "nftables-drops",
    execs: watched,
    inject: [
      by("n1", "nft add table inet hardening"),
      by("n1", "nft add chain inet hardening fw { type filter hook forward priority -5 ; }"),
      by("n1", "nft add rule inet hardening fw ip6 daddr fd00:10:244:2::/64 tcp dport 8000-8999 counter drop"),
    ],
    heal: [by("n1", "nft delete table inet hardening")],
  },
  {
    cause: "early-hook-drops",
    execs: watched,
    inject: [by("n1", "ip6tables -t raw -I PREROUTING -d fd00:10:244:2::11 -j DROP")],
    heal: [by("n1", "ip6tables -t raw -D PREROUTING -d fd00:10:244:2::11 -j DROP")],
  },
  {
    cause: "overlay-port-blocked",
    execs: watched,
    inject: [by("n2", "ip6tables -I INPUT -p udp --dport 8472 -j DROP")],
    heal: [by("n2", "ip6tables -D INPUT -p udp --dport 8472 -j DROP")],
  },
  {
    cause: "overlay-entry-missing",
    execs: watched,
    inject: [by("n1", "bridge fdb del 02:00:00:00:00:02 dev flannel-v6.1 dst 2001:db8:18::102 self")],
    heal: [by("n1", "bridge fdb append 02:00:00:00:00:02 dev flannel-v6.1 dst 2001:db8:18::102 self permanent")],
  },
  {
    cause: "return-route-missing",
    inject: [by("n2", "ip -6 route del fd00:10:244:1::/64")],
    heal: [{ routes: "n2" }],
  },
  {
    cause: "pod-gateway-missing",
    inject: [
      by("n1", "ip -6 addr del fd00:10:244:1::1/64 dev cni0"),
      by("n1", "ip -6 addr add fd00:10:244:1::fe/64 dev cni0"),
      by("n1-p1", "ip -6 neigh flush all"),
    ],
    heal: [
      by("n1", "ip -6 addr add fd00:10:244:1::1/64 dev cni0 nodad"),
      by("n1", "ip -6 addr del fd00:10:244:1::fe/64 dev cni0"),
    ],
  },
  ...["blackhole", "unreachable", "prohibit"].map((kind) => ({
    cause: "blackhole-route",
    inject: [by("n1", `ip -6 route add ${kind} fd00:10:244:2::11/128`)],
    heal: [by("n1", `ip -6 route del ${kind} fd00:10:244:2::11/128`)],
  })),
  {
    cause: "neighbour-discovery-dropped",
    inject: [by("n1", "ip6tables -I INPUT -p ipv6-icmp -j DROP"), by("n1-p1", "ip -6 neigh flush all")],
    heal: [by("n1", "ip6tables -D INPUT -p ipv6-icmp -j DROP")],
  },
  {
    cause: "pod-without-default-route",
    inject: [by("n2-p1", "ip -6 route del default")],
    heal: [by("n2-p1", "ip -6 route add default via fd00:10:244:2::1")],
  },
  {
    cause: "ipv6-pool-not-masqueraded",
    inject: [by("n1", "ip6tables -t nat -F KUBE-POSTROUTING")],
    heal: [],
    subject: { from: pod("n1-p1"), to: { kind: "address", address: "2001:db8:ffff::1", port: 80 } },
  },
  { cause: "mtu-below-1280", inject: [by("n1-p1", "ip link set eth0 mtu 1270")], heal: [] },
];

labTest(
  "faults on the far side, and faults that look alike",
  { nodes: 2, pods: 2, mode: "vxlan6", ra: true },
  skip,
  async (lab) => {
    const run = await diagnosing(lab);
    for (const { cause, inject, heal, subject = pair, execs } of more) {
      await perform(lab, inject);
      const diagnosis = await settled(run, subject, cause);
      assert.deepEqual(provenCauses(diagnosis), [cause], explain(diagnosis));
      await atMostExecs(diagnosis, () => run(subject), cause, execs);
      await perform(lab, heal);
    }
  },
);

labTest(
  "a container without a shell leaves no verdict, for want of a dial",
  { nodes: 2, pods: 1, images: { "n1-p1": "distroless" } },
  skip,
  async (lab) => {
    const { verdicts, stopped, notLooked } = await (await diagnosing(lab))(pair);
    assert.deepEqual(verdicts, []);
    assert.match(stopped?.message ?? "", /no container in the network of pod default\/n1-p1 has any of sh/);
    assert.ok(notLooked.some(({ why }) => /no container in the network of pod default\/n1-p1 has any of sh/.test(why)));
  },
);

labTest(
  "an image that brings an interpreter takes one exec a pod, one with nothing at all two",
  { nodes: 2, pods: 2, images: { "n1-p1": "node", "n1-p2": "distroless" } },
  skip,
  async (lab) => {
    const run = await diagnosing(lab);
    assertHealthy(await run(pair), "from an image of node");
    const bare = await run({ from: pod("n1-p2"), to: { kind: "pod", ...pod("n2-p1") } });
    assert.ok(bare.execs <= 4, `two tries in the pod, one exec on its node, one in the target: ${bare.execs}`);
  },
);

labTest(
  "a survey from one pod says what works, and names a node that does not forward",
  { nodes: 3, pods: 2, mode: "vxlan6", ra: true },
  skip,
  async (lab) => {
    const run = await diagnosing(lab);
    const survey = { from: pod("n2-p1") };
    const healthy = await run(survey);
    assertHealthy(healthy, "the survey from n2-p1");
    for (const place of ["n2-p2", "n1-p1", "n3-p1", "Service default/web", "AAAA of web", "2001:db8:ffff::1"])
      assert.ok(
        healthy.families.IPv6.works.some((text) => text.includes(place)),
        place,
      );
    await perform(lab, [by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=0")]);
    const broken = await run(survey);
    assert.deepEqual(provenCauses(broken), ["forwarding-off"], explain(broken));
  },
);

type Run = (subject: Subject) => Promise<Diagnosis>;

async function diagnosing(lab: Lab): Promise<Run> {
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  return (subject) => diagnose(cluster, subject, { now: Date.now, outside });
}

/** What a fault does may take a second to be seen: duplicate address detection, a Corefile that is read again. */
async function settled(run: Run, subject: Subject, expected: string): Promise<Diagnosis> {
  let last = await run(subject);
  for (const deadline = Date.now() + 6000; last.first?.cause !== expected && Date.now() < deadline; )
    last = await run(subject);
  return last;
}

function subjectOf({ breaks: { from, to, port } }: Fault): Subject {
  return { from: pod(from), to: targetOf(to, port) };
}

/** Faults name addresses of the lab: fd00:10:244:N::1P is pod nN-pP, the Service's name or VIP is Service web. */
function targetOf(to: string, port: number): Target {
  const address = /^fd00:10:244:(\d)::1(\d)$/.exec(to);
  if (address) return { kind: "pod", ...pod(`n${address[1]}-p${address[2]}`) };
  if (to === "fd00:10:96::80" || to.startsWith("web.")) return { kind: "service", namespace: "default", name: "web" };
  return { kind: "address", address: to, port };
}

function pod(name: string): { namespace: string; name: string } {
  return { namespace: "default", name };
}

function provenCauses({ verdicts }: Diagnosis): string[] {
  return verdicts.filter(({ status }) => status === "proven").map(({ cause }) => cause);
}

/**
 * The source, its node, and where these do not tell the target, its node, what each has besides, and a second dial meanwhile; nftables is read on
 * both nodes, in a container that has nft. On a busy machine an answer may come so late that it is asked for once more.
 */
const most = 18;

async function atMostExecs(
  diagnosis: Diagnosis,
  again: () => Promise<Diagnosis>,
  when: string,
  limit = most,
): Promise<void> {
  const { execs } = diagnosis.execs <= limit ? diagnosis : await again();
  assert.ok(execs <= limit, `${when} took ${execs} execs`);
}

function assertHealthy(diagnosis: Diagnosis, when: string): void {
  assert.deepEqual(provenCauses(diagnosis), [], `${when}: ${explain(diagnosis)}`);
  assert.deepEqual(
    diagnosis.symptoms.filter(({ failed }) => failed),
    [],
    when,
  );
  assert.ok(diagnosis.execs <= 3, `${when}: ${diagnosis.execs} execs`);
}

function explain({ verdicts, symptoms }: Diagnosis): string {
  const judged = verdicts
    .filter(({ status }) => status !== "excluded")
    .map(({ cause, status, because }) => `${status} ${cause}: ${because}`);
  return [...judged, ...symptoms.filter(({ failed }) => failed).map(({ to, text }) => `fails ${to}: ${text}`)].join(
    "\n",
  );
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
