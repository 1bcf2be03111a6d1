/** Manifests that test both families of a cluster all the time, and what alerts on them: written for this cluster, applied by nobody here. */
import { defaultImage } from "../outposts/image.ts";
import { cronJobsFile } from "./cronjobs.ts";
import { asComment, generatedFile } from "./generated-file.ts";
import { policiesInForce } from "./in-force.ts";
import {
  type Basis,
  type GeneratedFile,
  type Prevention,
  type PreventionPart,
  parts,
  type WantedTests,
} from "./model.ts";
import { monitoringFiles } from "./monitoring.ts";
import { testNamespace } from "./names.ts";
import { nodeCheckFile } from "./node-check.ts";
import { planFiles } from "./plan-files.ts";
import { testPodsFile } from "./test-pods.ts";

export function preventionOf(basis: Basis, asked: Partial<WantedTests> = {}): Prevention {
  const wanted: WantedTests = {
    parts,
    namespace: testNamespace,
    image: defaultImage,
    outside: [],
    monitoring: basis.operator ? "operator" : "config",
    exporter: basis.exporter ?? { at: "blackbox-exporter.monitoring.svc:9115", guessed: true },
    ...asked,
  };
  const { namespace } = wanted;
  const has = (part: PreventionPart) => wanted.parts.includes(part);
  const inForce = policiesInForce(basis, wanted);
  const tests = [
    ...(makesNamespace(basis, wanted) ? [namespaceFile(namespace)] : []),
    testPodsFile(basis, wanted),
    cronJobsFile(basis, wanted),
  ];
  const files: readonly GeneratedFile[] = [
    ...(has("tests") ? tests : []),
    ...(has("nodes") ? [nodeCheckFile(basis, wanted)] : []),
    ...(inForce.file ? [inForce.file] : []),
    ...(has("alerts") ? monitoringFiles(basis, wanted) : []),
    ...(has("plan") ? planFiles(basis) : []),
  ];
  return { files, inForce: inForce.sentences, notes: notesOf(basis, wanted) };
}

/** One YAML stream of all files, each behind its name, with sentences for who reads it in front. */
export function asStream(files: readonly GeneratedFile[], sentences: readonly string[] = []): string {
  const said = sentences.map(asComment).join("");
  return `${said}${files.map(({ path, text }) => `---\n# ==== ${path} ====\n${text}`).join("")}`;
}

/** A namespace that is there belongs to somebody; one that somebody names and nobody could look for may be. */
function makesNamespace({ namespaces }: Basis, { namespace }: WantedTests): boolean {
  return namespaces === undefined ? namespace === testNamespace : !namespaces.includes(namespace);
}

function namespaceFile(namespace: string): GeneratedFile {
  return generatedFile(
    "manifests/1-namespace.yaml",
    {
      does: ['Where the test pods and the CronJobs are. Pod Security "restricted" refuses whatever is not.'],
      sends: "nothing.",
      use: "kubectl apply -f manifests/1-namespace.yaml, before the others",
      remove: `kubectl delete namespace ${namespace}, with all that is in it`,
    },
    [
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: namespace, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
      },
    ],
  );
}

function notesOf({ nodes, dns, plan }: Basis, wanted: WantedTests): readonly string[] {
  const { parts } = wanted;
  return [
    ...(parts.includes("tests") && nodes === 1
      ? ["pods can be scheduled on one node alone, so that nothing between nodes is tested"]
      : []),
    ...(parts.includes("tests") && dns === undefined
      ? [
          "the Service of the cluster's DNS is not known: the tests ask what their resolv.conf names, whatever family that is of",
        ]
      : []),
    ...(parts.includes("alerts") && wanted.exporter.guessed
      ? [`the address of blackbox_exporter is not known: it is written as ${wanted.exporter.at}`]
      : []),
    ...(parts.includes("plan") && plan === undefined
      ? ["no address plan is written: without a cluster its ranges are not known"]
      : []),
  ];
}
