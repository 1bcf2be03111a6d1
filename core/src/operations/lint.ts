import { shapes } from "../addresses/shape.ts";
import { operation } from "./operation.ts";

export const lint = operation({
  name: "lint",
  editor: { command: "kube-ipv6.fixAllInFile", title: "Fix All IPv6 Findings in File" },
  summary: "find IPv6 mistakes in manifests",
  usage: "[OPTIONS] PATH...",
  operands: { name: "paths", says: "files or folders of manifests", many: true },
  tool: {
    title: "Lint manifests for IPv6",
    says: "Finds IPv6 and dual-stack mistakes in Kubernetes manifests, Helm values, CNI configurations and Corefiles. Ask it of every manifest that names addresses, families, network policies or Services before it is applied. Give paths, or the text itself as manifest. A clean answer means that nothing of what it knows is wrong.",
    takes: ["cluster", "kubernetes", "service-cidr", "fail-on"],
    text: "the text of one or several YAML documents, instead of paths",
  },
  says: `Finds IPv6 and dual-stack mistakes in Kubernetes manifests. PATH is a file, a folder (every .yaml, .yml, .conflist,
Corefile and net-conf.json below it), or - for standard input, for example "helm template . | kube-ipv6 lint -".`,
  inputs: {
    format: {
      short: "o",
      takes: ["text", "json", "json-report", "sarif", "junit", "github", "gitlab"],
      says: "how to print; json is a list of findings, json-report says as well what was not judged",
      byDefault: "text",
    },
    cluster: {
      takes: shapes,
      says: "what the manifests are meant for, primary family first",
      byDefault: "unknown",
    },
    "service-cidr": { takes: "10.96.0.0/12,fd00::/112", says: "the ranges its Services get addresses from" },
    kubernetes: { takes: "1.36", says: "the version they are meant for", byDefault: "1.36" },
    old: { takes: "FILE", says: "the objects as they are now, to say what an update may not change" },
    fix: { says: "mend spelling: what leaves reach, families and programs as they are" },
    "fix-rule": {
      takes: "RULE",
      repeatable: true,
      says: "make the fix of this rule too, whatever it decides; may be given again",
    },
    "fail-on": {
      takes: ["error", "warning", "information"],
      says: "from which severity on the exit code is 1",
      byDefault: "warning",
    },
    baseline: { takes: "FILE", says: "leave out the findings that this file knows" },
    "write-baseline": { takes: "FILE", says: "write that file" },
    quiet: { says: "errors and warnings only" },
    "allow-empty": { says: "a folder without manifests is as good as a clean one" },
  },
  besides:
    "Settings for a folder stand in .kube-ipv6.yaml, those for a line or a file in comments: see the documentation.",
  exits: { 0: "clean", 1: "findings", 2: "wrong usage", 3: "something was not judged as a whole" },
  writes: "files that an option names",
});
