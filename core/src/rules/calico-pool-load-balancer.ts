import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A Calico pool for load balancers with settings of a pool for pods",
  why: `A pool with \`allowedUses: [LoadBalancer]\` hands addresses to Services, so it has no tunnel, serves no pods, is exported
over BGP and belongs to every node.`,
  source: "https://docs.tigera.io/calico/latest/networking/ipam/service-loadbalancer",
  severity: "error",
  codes: ["CAL009"],
  kinds: ["IPPool"],
  groups: ["projectcalico.org", "crd.projectcalico.org"],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: services
spec:
  cidr: 10.20.0.0/24
  allowedUses: [LoadBalancer]
  vxlanMode: Always
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: services
spec:
  cidr: 10.20.0.0/24
  allowedUses: [LoadBalancer]
  vxlanMode: Never
`,
  },

  *check(pool) {
    const spec = pool.get("spec");
    const list = spec?.get("allowedUses");
    const uses = list?.items() ?? [];
    if (!uses.some(({ text }) => text === "LoadBalancer")) return;
    const tunnel = [spec?.get("ipipMode"), spec?.get("vxlanMode")].find(
      (mode) => mode?.text === "Always" || mode?.text === "CrossSubnet",
    );
    yield {
      at: tunnel,
      message: "LoadBalancer IP pool cannot have IPIP or VXLAN enabled: write Never",
      fix: { kind: "decision", title: "Write Never", edits: [tunnel?.replace("Never")] },
    };
    const pods = uses.find(({ text }) => text === "Workload" || text === "Tunnel");
    yield {
      at: list && pods && under(list.path, pods),
      message: "LoadBalancer cannot be combined with Workload or Tunnel allowed uses: make two pools",
    };
    const bgp = spec?.get("disableBGPExport");
    yield {
      at: bgp?.boolean ? bgp : undefined,
      message: "LoadBalancer IP pool cannot have disableBGPExport: true, nobody would find its addresses",
    };
    const nodes = spec?.get("nodeSelector");
    yield {
      at: nodes?.text && nodes.text.replaceAll(" ", "") !== "all()" ? nodes : undefined,
      message: "LoadBalancer IP pool must have the node selector all()",
      fix: { kind: "decision", title: "Write all()", edits: [nodes?.replace("all()")] },
    };
  },
};
