import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shapeOf, summarize } from "#core/summary/summary.ts";
import { node, pod, seen, service, serviceCIDR } from "./inventory.ts";

const dualNodes = [
  node("n1", ["172.18.1.1", "fd00:18::1"], ["10.244.0.0/24", "fd00:10:244::/64"]),
  node("n2", ["172.18.1.2", "fd00:18::2"], ["10.244.1.0/24", "fd00:10:244:1::/64"]),
];

describe("the families of a cluster", () => {
  it("are those of the ServiceCIDR, in its order, if the nodes have podCIDRs of both", () => {
    const summary = summarize(
      seen({ nodes: dualNodes, serviceCIDRs: [serviceCIDR("fd00:10:96::/112", "10.96.0.0/16")] }),
    );
    assert.equal(summary.label, "Dual-stack, IPv6 first");
    assert.deepEqual(summary.families, ["IPv6", "IPv4"]);
    assert.equal(summary.services.why, "ServiceCIDR kubernetes lists fd00:10:96::/112, 10.96.0.0/16");
    assert.equal(summary.mixed, false);
  });

  it("have the ranges that were added beside the first, which give no family to a Service that asks for none", () => {
    const more = { ...serviceCIDR("10.97.0.0/24"), metadata: { name: "more" } };
    const { services } = summarize(seen({ nodes: dualNodes, serviceCIDRs: [more, serviceCIDR("fd00:10:96::/112")] }));
    assert.deepEqual(services.ranges, ["fd00:10:96::/112", "10.97.0.0/24"]);
    assert.deepEqual(services.families, ["IPv6"]);
  });

  it("come from the flags of the control plane where there is no ServiceCIDR", () => {
    const flag = (component: string, text: string) =>
      pod(`${component}-n1`, [], { containers: [{ command: [component, text] }] }, component);
    const pods = [
      flag("kube-apiserver", "--service-cluster-ip-range=fd00:10:96::/112"),
      flag("kube-controller-manager", "--cluster-cidr=fd00:10:244::/48"),
    ];
    const summary = summarize(seen({ nodes: [node("n1", ["fd00:18::1"])], pods }));
    assert.equal(summary.label, "IPv6 only");
    assert.deepEqual(summary.pods.ranges, ["fd00:10:244::/48"]);
    assert.match(summary.services.why, /^kube-apiserver-n1 runs with --service-cluster-ip-range=/);
  });

  it("take the first family from the Service of the API server, and are not complete with one", () => {
    const services = [
      service("kube-system", "kube-dns", ["10.96.0.10"]),
      service("default", "kubernetes", ["10.96.0.1"]),
    ];
    const { services: state, label } = summarize(seen({ services }));
    assert.deepEqual(state.families, ["IPv4"]);
    assert.equal(state.complete, false, "a second range may exist that no Service uses");
    assert.equal(label, "Services IPv4, perhaps IPv6; pods not known");
  });

  it("do not count a headless Service", () => {
    const { services: state } = summarize(seen({ services: [service("default", "db", ["None"])] }));
    assert.deepEqual(state.families, []);
    assert.equal(state.why, "no Service with a cluster IP was seen");
  });

  it("come from pods with an own network where the nodes have no podCIDRs", () => {
    const pods = [pod("coredns", ["10.0.0.5", "fd00::5"]), pod("kube-proxy", ["192.0.2.1"], { hostNetwork: true })];
    const { pods: state } = summarize(seen({ nodes: [node("n1", ["192.0.2.1"])], pods }));
    assert.deepEqual(state.families, ["IPv4", "IPv6"]);
    assert.match(state.why, /^addresses of 1 pods/);
  });

  it("are mixed, and only those that both halves have, if pods and Services differ", () => {
    const summary = summarize(seen({ nodes: dualNodes, serviceCIDRs: [serviceCIDR("10.96.0.0/16")] }));
    assert.equal(summary.mixed, true);
    assert.equal(summary.label, "Mixed: Services IPv4 only; pods dual-stack, IPv4 first");
    assert.deepEqual(summary.families, ["IPv4"]);
  });

  it("are not known, with the reason, if nothing may be seen", () => {
    const summary = summarize(seen({}));
    assert.equal(summary.label, "Not known");
    assert.equal(summary.services.why, "You may not list this.");
    assert.equal(summary.cni.ipv6, "unknown");
  });
});

describe("what rules may take for granted of a cluster", () => {
  const shape = (...args: Parameters<typeof seen>) => shapeOf(summarize(seen(...args)));

  it("is its families and their order, if both halves are known and agree", () => {
    assert.equal(
      shape({ nodes: dualNodes, serviceCIDRs: [serviceCIDR("fd00:10:96::/112", "10.96.0.0/16")] }),
      "dual-v6",
    );
    const single = [node("n1", ["fd00:18::1"], ["fd00:10:244::/64"])];
    assert.equal(shape({ nodes: single, serviceCIDRs: [serviceCIDR("fd00:10:96::/112")] }), "v6");
  });

  it("is nothing if a half is not known or the halves differ", () => {
    assert.equal(shape({ nodes: dualNodes }), "unknown");
    assert.equal(shape({ nodes: dualNodes, services: [service("default", "kubernetes", ["10.96.0.1"])] }), "unknown");
    assert.equal(shape({ nodes: dualNodes, serviceCIDRs: [serviceCIDR("10.96.0.0/16")] }), "unknown");
  });
});

describe("the odd node out", () => {
  const odd = (...nodes: Parameters<typeof node>[]) =>
    summarize(seen({ nodes: nodes.map((each) => node(...each)) })).nodeStates.map((state) => state.odd);

  it("is the one without the IPv6 address that the others have", () => {
    const result = odd(["n1", ["192.0.2.1", "fd00::1"]], ["n2", ["192.0.2.2"]], ["n3", ["192.0.2.3", "fd00::3"]]);
    assert.deepEqual(result, [[], ["No IPv6 InternalIP, which 2 of 3 nodes have."], []]);
  });

  it("is the one that still has podCIDRs of one family", () => {
    const dual = ["10.0.0.0/24", "fd00::/64"];
    assert.deepEqual(odd(["n1", [], dual], ["n2", [], ["10.0.1.0/24"]]), [
      [],
      ["No IPv6 podCIDR, which 1 of 2 nodes have."],
    ]);
  });

  it("is the one whose families stand in another order", () => {
    const result = odd(
      ["n1", ["192.0.2.1", "fd00::1"]],
      ["n2", ["192.0.2.2", "fd00::2"]],
      ["n3", ["fd00::3", "192.0.2.3"]],
    );
    assert.deepEqual(result, [[], [], ["IPv6 is the first InternalIP, which it is on 1 of 3 dual-stack nodes."]]);
  });

  it("is nobody in a cluster where one node of three has more than the others", () => {
    assert.deepEqual(odd(["n1", ["192.0.2.1", "fd00::1"]], ["n2", ["192.0.2.2"]], ["n3", ["192.0.2.3"]]), [[], [], []]);
  });
});
