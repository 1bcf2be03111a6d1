import { generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile, WantedTests } from "./model.ts";
import { everyTestPod, serverLabels, testNamespace, testPodCount, testPods, testPort } from "./names.ts";
import { podTemplate, smallContainer } from "./pod-template.ts";

/** Pods on different nodes that say their name to whoever asks, a Service in front of them, and one that names each. */
export function testPodsFile({ families, nodes }: Basis, { namespace, image }: WantedTests): GeneratedFile {
  const two = families.length > 1;
  const alone = nodes === 1;
  return generatedFile(
    "manifests/2-test-pods.yaml",
    {
      does: [
        `${testPodCount} pods that answer with their name on port ${testPort} of every address they have ([::]), a Service of ${families.join(" and ")} in front of them, and a headless one whose records name each of them.`,
        alone
          ? "There is one node, so that both are on it, and nothing between nodes is tested."
          : "They are on different nodes: whatever node a test runs on, it reaches one on another node.",
        two
          ? "RequireDualStack makes the server refuse the Service where a family is not there, instead of leaving it out silently."
          : `The cluster serves ${families[0]} alone, and so do the Services.`,
      ],
      sends: "nothing; it only answers. serve-hostname runs nothing that a client sends.",
      use: `kubectl apply -f manifests/2-test-pods.yaml`,
      remove: `kubectl delete -f manifests/2-test-pods.yaml${namespace === testNamespace ? ", or the namespace with all that is in it" : ""}`,
    },
    [deployment(namespace, image, alone), service(testPods, namespace, families), headless(namespace, families)],
  );
}

function deployment(namespace: string, image: string, alone: boolean): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: testPods, namespace, labels: serverLabels },
    spec: {
      replicas: testPodCount,
      selector: { matchLabels: serverLabels },
      template: podTemplate(serverLabels, {
        // After its end it waits a minute by itself.
        terminationGracePeriodSeconds: 5,
        ...(alone
          ? {}
          : {
              affinity: {
                podAntiAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: [
                    { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: serverLabels } },
                  ],
                },
              },
            }),
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: serverLabels },
          },
        ],
        containers: [
          smallContainer("server", image, {
            command: ["/agnhost", "serve-hostname", `--port=${testPort}`],
            ports: [{ name: "http", containerPort: testPort, protocol: "TCP" }],
            readinessProbe: { httpGet: { path: "/", port: testPort }, periodSeconds: 10 },
          }),
        ],
      }),
      // Where a node has room for one of them alone, a new one would find no other node.
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    },
  };
}

/** https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services */
function service(name: string, namespace: string, families: Basis["families"], more: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: serverLabels },
    spec: {
      ...more,
      ipFamilyPolicy: families.length > 1 ? "RequireDualStack" : "SingleStack",
      ipFamilies: families,
      selector: serverLabels,
      ports: [{ name: "http", protocol: "TCP", port: testPort, targetPort: testPort }],
    },
  };
}

function headless(namespace: string, families: Basis["families"]): object {
  return service(everyTestPod, namespace, families, { clusterIP: "None" });
}
