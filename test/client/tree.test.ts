import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clusterRows } from "#client/tree/cluster.ts";
import { contextRows } from "#client/tree/contexts.ts";
import { answered, type KubeObject, refused } from "#core/cluster/cluster.ts";
import type { Recording } from "#core/cluster/recording.ts";
import { drawn, open, outline, realRecording } from "./outline.ts";

const tree = (recording: Recording, depth: number, ...path: string[]) =>
  drawn(recording, (view) => outline(open(clusterRows("c", view), ...path), depth));

/** The recording with some objects of a type changed. */
function changed(resource: string, change: (objects: readonly KubeObject[]) => readonly KubeObject[]): Recording {
  const recording = realRecording();
  const lists = recording.lists.map((list) =>
    list.type.resource === resource && list.answer.ok ? { ...list, answer: answered(change(list.answer.value)) } : list,
  );
  return { ...recording, lists };
}

/** The recording of a cluster that serves another kind as well. */
function serving(...more: readonly [apiVersion: string, resource: string, object: KubeObject][]): Recording {
  const recording = realRecording();
  const lists = more.map(([apiVersion, resource, object]) => ({
    type: { apiVersion, resource },
    answer: answered([object]),
  }));
  return { ...recording, lists: [...recording.lists, ...lists] };
}

function without(
  resource: string,
  answer = refused("forbidden", `You may not list ${resource}.`, "Ask for the role view."),
): Recording {
  const recording = realRecording();
  return {
    ...recording,
    lists: recording.lists.map((list) => (list.type.resource === resource ? { ...list, answer } : list)),
  };
}

describe("the tree of a dual-stack cluster", () => {
  it("says the families with the reason, the ranges, the network plugin and DNS", async () => {
    assert.equal(
      await tree(realRecording(), 1),
      `Families  Dual-stack, IPv4 first
Service ranges  fd00:10:96::/112, 10.96.0.0/16
Pod ranges  fd00:10:244:2::/64, fd00:10:244::/64, fd00:10:244:1::/64, 10.244.2.0/24 and 2 more
CNI: not recognised  IPv6 not known
DNS  fd00:10:96::a, 10.96.0.10
Nodes  3
Namespaces  6`,
    );
    assert.match(await tree(realRecording(), 1, "Families"), /^Services {2}IPv4, IPv6: ServiceCIDR kubernetes lists/);
  });

  it("shows every address of a pod, and whose network it is in", async () => {
    const pods = await tree(realRecording(), 1, "Namespaces", "lab", "Pods");
    assert.match(pods, /^two {2}fd00:10:244:1::5, 10\.244\.1\.5$/m);
    assert.match(pods, /^! pending {2}no address$/m);
    assert.match(pods, /^node-debugger-n3-s9b7k {2}2001:db8:18::103, 172\.18\.1\.3, in the node's network$/m);
  });

  it("shows a Service with its cluster IPs and the endpoints of each family", async () => {
    assert.equal(
      await tree(realRecording(), 1, "Namespaces", "lab", "Services", "web"),
      `PreferDualStack: IPv4, IPv6
fd00:10:96::8233  IPv6 cluster IP
10.96.132.56  IPv4 cluster IP
IPv6 endpoints  3 of 3 ready, web-984gv
IPv4 endpoints  3 of 3 ready, web-s4zwb`,
    );
    const services = await tree(realRecording(), 1, "Namespaces", "lab", "Services");
    assert.match(services, /^web-headless {2}IPv6, IPv4: headless$/m);
    assert.match(services, /^external {2}example\.test$/m);
  });

  it("marks a Service that nobody answers for in one family", async () => {
    const noIPv6 = changed("endpointslices", (slices) => slices.filter(({ addressType }) => addressType !== "IPv6"));
    const services = await tree(noIPv6, 2, "Namespaces", "lab", "Services");
    assert.match(services, /^! web {2}.*\n {2}! No ready IPv6 endpoint: IPv6 clients are refused\.$/m);
    assert.match(services, /^noendpoints /m, "without any endpoint it is not a matter of the family");
  });

  it("marks a policy that treats the families differently, and says what each allows", async () => {
    const policies = await tree(realRecording(), 2, "Namespaces", "lab", "NetworkPolicies");
    assert.match(policies, /^! v4-egress-only {2}IPv4 and IPv6 differ$/m);
    assert.match(policies, /^ {2}egress: IPv4 10\.0\.0\.0\/8; IPv6 nothing$/m);
  });

  it("says of a pod what all policies that select it allow together", async () => {
    const labelled = changed("pods", (pods) =>
      pods.map((pod) => ({ ...pod, metadata: { ...pod.metadata, labels: { app: "two" } } })),
    );
    const pod = await tree(labelled, 2, "Namespaces", "lab", "Pods", "two");
    assert.match(pod, /^! Policies {2}.*NetworkPolicy v4-egress-only.*$/m);
    assert.match(pod, /^ {2}ingress: .*\n {2}egress: IPv4 /m);
    const host = await tree(realRecording(), 2, "Namespaces", "lab", "Pods", "node-debugger-n3-s9b7k");
    assert.match(host, /^Policies {2}none selects it\n {2}ingress: .*\(not limited\)$/m);
  });

  it("shows the policies of the network plugin and the admin's, and lets them count", async () => {
    const guard = {
      order: 1,
      selector: "all()",
      types: ["Egress"],
      egress: [{ action: "Deny", ipVersion: 6 }, { action: "Allow" }],
    };
    const policies = await tree(
      serving(
        ["projectcalico.org/v3", "globalnetworkpolicies", { metadata: { name: "no-ipv6" }, spec: guard }],
        ["cilium.io/v2", "ciliumnetworkpolicies", { metadata: { name: "c", namespace: "lab" }, spec: {} }],
      ),
      2,
      "Cluster-wide policies",
    );
    assert.match(
      policies,
      /^! no-ipv6 {2}Calico GlobalNetworkPolicy, IPv4 and IPv6 differ\n.*\n {2}egress: .*IPv6 nothing$/m,
    );
  });

  it("takes Calico's policies as they are stored where its API server is missing", async () => {
    const spec = { selector: "all()", types: ["Ingress"] };
    const stored = serving([
      "crd.projectcalico.org/v1",
      "networkpolicies",
      { metadata: { name: "default.shut", namespace: "lab" }, spec },
    ]);
    const rows = await tree(stored, 2, "Namespaces", "lab", "NetworkPolicies");
    assert.match(rows, /^default\.shut {2}Calico NetworkPolicy\n {2}ingress: IPv4 and IPv6 nothing$/m);
  });

  it("marks the node that lacks what the others have", async () => {
    const odd = changed("nodes", (nodes) =>
      nodes.map((node) => (node.metadata.name === "n2" ? { ...node, spec: { podCIDRs: ["10.244.0.0/24"] } } : node)),
    );
    assert.match(await tree(odd, 1), /^! Nodes {2}3, 1 unlike the others$/m);
    assert.match(await tree(odd, 1, "Nodes", "n2"), /^! No IPv6 podCIDR, which 2 of 3 nodes have\.$/m);
  });
});

describe("what is odd in a tree", () => {
  const oneFamily = changed("pods", (pods) =>
    pods.map((pod) =>
      pod.metadata.name === "two" ? { ...pod, status: { ...pod.status, podIPs: [{ ip: "10.244.1.5" }] } } : pod,
    ),
  );
  const odd = (recording: Recording, ...path: string[]) =>
    drawn(recording, (view) => {
      view.onlyOdd = true;
      return outline(open(clusterRows("c", view), ...path));
    });

  it("is a running pod without a family that the cluster gives its pods", async () => {
    assert.match(
      await tree(oneFamily, 2, "Namespaces", "lab", "Pods"),
      /^! two {2}10\.244\.1\.5\n {2}! No IPv6 address, /m,
    );
  });

  it("is all there is of a list if that is wanted, and how much is hidden is said", async () => {
    const pods = await odd(oneFamily, "Namespaces", "lab", "Pods");
    assert.match(pods, /^! two /m);
    assert.doesNotMatch(pods, /^completed/m);
    assert.match(pods, /^\d+ that are not odd are hidden$/m);
  });

  it("is a Service without a family of the cluster, though nothing is wrong with it", async () => {
    const services = await odd(realRecording(), "Namespaces", "default", "Services");
    assert.doesNotMatch(services, /^kubernetes/m, "the API server's own has one family always");
    const lab = await tree(realRecording(), 1, "Namespaces", "lab", "Services");
    assert.doesNotMatch(lab, /^! /m);
  });

  it("has a badge with its families", async () => {
    const badges = await drawn(realRecording(), (view) =>
      open(clusterRows("c", view), "Namespaces", "lab", "Pods").map(({ label, badge }) => `${label} ${badge}`),
    );
    assert.ok(badges.includes("two 46"), `${badges}`);
    assert.ok(badges.includes("pending undefined"), `${badges}`);
  });

  it("a large namespace has its pods in groups, which count what is odd", async () => {
    const [pod] = realRecording().lists.flatMap(({ type, answer }) =>
      type.resource === "pods" && answer.ok ? answer.value.filter(({ metadata }) => metadata.name === "two") : [],
    );
    const many = changed("pods", (pods) => [
      ...pods,
      ...Array.from({ length: 230 }, (_, index) => ({
        ...pod,
        metadata: { ...pod?.metadata, name: `web-${String(index).padStart(3, "0")}` } as KubeObject["metadata"],
      })),
    ]);
    const groups = await tree(many, 1, "Namespaces", "lab", "Pods");
    assert.match(groups, /^! badimage \u2026 web-\d+ {2}100, \d odd\nweb-\d+ \u2026 web-\d+ {2}100\n/);
  });
});

describe("the tree of a cluster that does not show everything", () => {
  it("has a row with what to do for what is forbidden, and the namespace of the context", async () => {
    const rows = await tree(without("namespaces"), 2, "Namespaces");
    assert.match(
      rows,
      /^! Forbidden\n {2}You may not list namespaces\.\n {2}Ask for the role view\.\nlab {2}the one of this context$/m,
    );
    assert.match(rows, /^ {2}Services$/m);
  });

  it("draws the rest if the nodes are forbidden", async () => {
    const rows = await tree(without("nodes"), 2);
    assert.match(rows, /^Nodes\n {2}! Forbidden/m);
    assert.match(rows, /^Pod ranges {2}not known: addresses of 1 pods in kube-system; You may not list nodes\.$/m);
  });

  it("has one row for a server that cannot be reached", async () => {
    const dead = refused("unreachable", "Nobody answers at https://127.0.0.1:6443.", "Start the cluster.");
    const recording = realRecording();
    const lists = recording.lists.map(({ type }) => ({ type, answer: dead }));
    assert.equal(
      await tree({ ...recording, lists }, 2),
      `! Unreachable\n  Nobody answers at\n  https://127.0.0.1:6443.\n  Start the cluster.\n${waysOut("")}`,
    );
  });
});

/** What stands below whatever nobody can look at. */
function waysOut(indent: string): string {
  const rows = ["Try again", "Open the kubeconfig", "Choose another kubeconfig ...", "Open the demo cluster"];
  return rows.map((row) => indent + row).join("\n");
}

describe("the contexts", () => {
  const known = answered([{ name: "a", server: "https://a:6443" }, { name: "b" }]);

  it("have the cluster under the current one only", () => {
    const rows = contextRows({ known, current: "a", view: undefined });
    assert.equal(outline(rows, 2), "a  connecting ...\n  Asking the cluster ...\nb");
  });

  it("say why the current one cannot be opened, and keep the others", () => {
    const view = refused("config", "The credential plugin failed.", "Run it by hand.");
    assert.equal(
      outline(contextRows({ known, current: "b", view }), 3),
      `! b  kubeconfig cannot be used: The credential plugin failed.\n  ! Kubeconfig cannot be used\n    The credential plugin failed.\n    Run it by hand.\n${waysOut("  ")}\na  https://a:6443`,
    );
    const [current] = contextRows({ known, current: "b", view });
    const clicks = current?.children?.().flatMap(({ click }) => click ?? []);
    assert.deepEqual(
      clicks,
      ["refresh", "openKubeconfig", "chooseKubeconfig", "openDemo"].map((id) => `kube-ipv6.${id}`),
    );
  });

  it("lead to trust where only that is missing, and call nothing broken", () => {
    const view = refused("untrusted", "Starting programs is not allowed here.", "Trust this workspace.");
    const [current] = contextRows({ known, current: "b", view });
    assert.equal(current?.tone, "warning");
    const clicks = current?.children?.().flatMap(({ click }) => click ?? []);
    assert.deepEqual(clicks?.slice(0, 2), ["workbench.trust.manage", "kube-ipv6.openKubeconfig"]);
  });

  it("say first why, and break paths at their folders", () => {
    const message = "Cannot list nodes in the cluster: 127.0.0.1:1 refused the connection.";
    const view = refused("unreachable", message, "Check server: in /home/somebody/clusters/production/kubeconfig.");
    assert.equal(
      outline(contextRows({ known, current: "b", view }), 3)
        .split("\n")
        .slice(0, 8)
        .join("\n"),
      "! b  unreachable: 127.0.0.1:1 refused the connection.\n  ! Unreachable\n    Cannot list nodes in the\n    cluster: 127.0.0.1:1 refused the\n    connection.\n    Check server: in\n    /home/somebody/clusters/\n    production/kubeconfig.",
    );
  });

  it("lead on where the kubeconfig has none", () => {
    const rows = contextRows({ known: answered([]), current: undefined, view: undefined });
    assert.equal(outline(rows), `The kubeconfig has no contexts\n${waysOut("").replace("Try again\n", "")}`);
  });

  it("are a sentence if the kubeconfig cannot be used", () => {
    const broken = refused("config", "It is no YAML.", "Correct it.");
    const rows = outline(contextRows({ known: broken, current: undefined, view: broken }), 2);
    assert.equal(rows, `! Kubeconfig cannot be used\n  It is no YAML.\n  Correct it.\n${waysOut("")}`);
  });

  it("are none where there is no kubeconfig, so that the view welcomes; beside the demo one is to be chosen", () => {
    const missing = refused("absent", "There is no kubeconfig.", "Get one.");
    assert.deepEqual(contextRows({ known: missing, current: undefined, view: missing }), []);
    const [demo, choose, ...more] = contextRows({ known: missing, current: "demo", view: undefined, demo: true });
    assert.deepEqual([demo?.menu, choose?.click, more.length], ["demo-context", "kube-ipv6.chooseKubeconfig", 0]);
  });

  it("have the current one first, switch by a click, and are one row where they are many", () => {
    const many = answered(Array.from({ length: 12 }, (_, index) => ({ name: `c${index}` })));
    const rows = contextRows({ known: many, current: "c7", view: undefined });
    assert.equal(outline(rows), "c7  connecting ...\nOther contexts  11");
    assert.equal(open(rows, "Other contexts")[0]?.click, "kube-ipv6.useContext");
  });

  it("say of the current one how it is doing", async () => {
    const stateIn = (recording: Recording) =>
      drawn(recording, (view) => contextRows({ known, current: "a", view: answered(view) })[0]?.description);
    assert.equal(await stateIn(realRecording()), "Dual-stack, IPv4 first");
    assert.match((await stateIn(without("nodes"))) ?? "", /^limited: may not list nodes \u00b7 /);
    const dead = refused("unreachable", "127.0.0.1:1 refused the connection.", "Start it.");
    const recording = realRecording();
    const lists = recording.lists.map(({ type }) => ({ type, answer: dead }));
    assert.equal(await stateIn({ ...recording, lists }), "unreachable: 127.0.0.1:1 refused the connection.");
  });

  it("ask for a choice if none is current", () => {
    assert.match(
      outline(contextRows({ known, current: undefined, view: undefined })),
      /^Choose a context: none is current/,
    );
  });
});
