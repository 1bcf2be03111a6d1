import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "Calico's internal storage group instead of projectcalico.org/v3",
  why: `\`crd.projectcalico.org/v1\` is where Calico keeps its objects. What is written there directly passes by the validation and
the defaults of the Calico API server and of \`calicoctl\`, so mistakes stay unseen until a node trips over them. \`projectcalico.org/v3\` needs that server, or \`calicoctl\`: in a template, which
may be for clusters without, this is a hint.`,
  source: "https://docs.tigera.io/calico/latest/operations/install-apiserver",
  severity: "warning",
  codes: ["CAL008"],
  kinds: [
    "IPPool",
    "IPReservation",
    "CalicoNetworkPolicy",
    "GlobalNetworkPolicy",
    "NetworkSet",
    "GlobalNetworkSet",
    "BGPPeer",
    "BGPConfiguration",
    "BGPFilter",
    "FelixConfiguration",
    "HostEndpoint",
  ],
  groups: ["crd.projectcalico.org"],
  example: {
    bad: `apiVersion: crd.projectcalico.org/v1
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
`,
  },

  *check(resource) {
    const at = resource.get("apiVersion");
    yield {
      at,
      // A template is for clusters with and without Calico's API server, and Calico's own chart chooses by what it finds.
      severity: resource.partial ? "information" : "warning",
      message: "Calico's own storage, validated by nobody: write projectcalico.org/v3 if its API server runs",
      fix: { kind: "decision", title: "Write projectcalico.org/v3", edits: [at?.replace("projectcalico.org/v3")] },
    };
  },
};
