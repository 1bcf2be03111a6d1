import { generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile, WantedTests } from "./model.ts";
import { nodeCheck, nodeCheckLabels, nodeNamespace, nodeScript } from "./names.ts";
import { nodeCheckProgram, rulesProgram } from "./node-script.ts";
import { podTemplate, scriptFolder, scriptFrom, smallContainer } from "./pod-template.ts";

/** A pod on each node that is ready while nothing is wrong with the node. */
export function nodeCheckFile({ families }: Basis, { image, rulesImage }: WantedTests): GeneratedFile {
  const names = families.join(" ");
  return generatedFile(
    "manifests/4-node-check.yaml",
    {
      does: [
        `A pod on each node that is ready while the node's kernel forwards ${families.join(" and ")}, has an address and a default route${families.includes("IPv6") ? " that stays (accept_ra), and an MTU of 1280 at least" : ""}; new nodes get one as well. kubectl -n ${nodeNamespace} rollout status ds/${nodeCheck} waits for all.`,
        "Take a family out of DEFAULT_ROUTE if nodes are meant to have no default route of it.",
        rulesImage === undefined
          ? "Which rules the packet filter has only root with NET_ADMIN is told: --rules-image adds a container for it, and without it the packets of the CronJobs show."
          : "The container rules runs as root with NET_ADMIN and NET_RAW, since nobody else is told the rules; it lists them and writes none.",
        "The pods are in the nodes' network (hostNetwork), and their namespace lets that in: Pod Security has no level for reading alone.",
      ],
      sends: "nothing. It reads files below /proc and /sys.",
      use:
        "kubectl apply -f manifests/4-node-check.yaml; what it says: " +
        `kubectl -n ${nodeNamespace} logs -l app.kubernetes.io/name=${nodeCheck} --prefix --all-containers`,
      remove: `kubectl delete namespace ${nodeNamespace}`,
    },
    [
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: nodeNamespace, labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
      },
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: nodeScript, namespace: nodeNamespace, labels: nodeCheckLabels },
        data: {
          "node.sh": nodeCheckProgram,
          "repeat.sh": repeatProgram,
          ...(rulesImage === undefined ? {} : { "rules.sh": rulesProgram }),
        },
      },
      daemonSet(names, image, rulesImage),
    ],
  );
}

function daemonSet(families: string, image: string, rulesImage: string | undefined): object {
  const { volumeMounts, volumes } = scriptFrom(nodeScript);
  const checking = (script: string, env: object[]) => ({
    command: ["sh", `${scriptFolder}/repeat.sh`, `${scriptFolder}/${script}`],
    env,
    // The script says whether all is well; kubectl describe shows what it said.
    readinessProbe: {
      exec: { command: ["sh", `${scriptFolder}/${script}`] },
      periodSeconds: 60,
      timeoutSeconds: 20,
      failureThreshold: 2,
    },
    volumeMounts,
  });
  const familiesIn = { name: "FAMILIES", value: families };
  const rules = (from: string) => ({
    ...smallContainer("rules", from, checking("rules.sh", [familiesIn])),
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_RAW"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
  });
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: nodeCheck, namespace: nodeNamespace, labels: nodeCheckLabels },
    spec: {
      selector: { matchLabels: nodeCheckLabels },
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } },
      template: podTemplate(nodeCheckLabels, {
        hostNetwork: true,
        terminationGracePeriodSeconds: 1,
        tolerations: [{ operator: "Exists" }],
        containers: [
          smallContainer("node", image, checking("node.sh", [familiesIn, { name: "DEFAULT_ROUTE", value: families }])),
          ...(rulesImage === undefined ? [] : [rules(rulesImage)]),
        ],
        volumes,
      }),
    },
  };
}

/** Says what has changed since it was said last. */
const repeatProgram = `trap 'exit 0' TERM
before=
while :; do
  now=$(sh "$1" 2>&1)
  [ "$now" = "$before" ] || { date; echo "$now"; }
  before=$now
  sleep 300 & wait $!
done
`;
