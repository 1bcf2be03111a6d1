import { operation } from "./operation.ts";

export const exporting = operation({
  name: "export",
  summary: "rules as admission policies, for a cluster to refuse what the linter underlines",
  usage: "--format FORMAT [OPTIONS] [RULE...]",
  operands: { name: "rules", says: "the rules to write, all that can be written without", many: true },
  says: `Writes the rules of severity error that CEL can say as policies, to be read and applied by whoever runs the cluster; nothing is asked
of one. A ValidatingAdmissionPolicy is asked after the API server's own validation, so those that it refuses itself are left out there, and
are in Kyverno's, which judges files and what runs already as well. Both need Kubernetes 1.31 for its functions on addresses.`,
  inputs: {
    format: { short: "o", takes: ["validatingadmissionpolicy", "kyverno"], says: "which policies" },
    action: {
      takes: ["warn", "deny"],
      says: "warn lets everything pass and says so (Warn and Audit, Audit), deny refuses (Deny, Enforce)",
      byDefault: "warn",
    },
  },
  exits: { 0: "they were printed", 2: "wrong usage, or a rule that cannot be written" },
  writes: "nothing",
});
