import { type Family, familyOf } from "../addresses/address.ts";
import { generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile, Outside, WantedTests } from "./model.ts";
import { clientLabels, everyTestPod, testOf, testPodCount, testPods, testPort, testScript } from "./names.ts";
import { podTemplate, scriptFolder, scriptFrom, smallContainer } from "./pod-template.ts";
import { testProgram } from "./test-script.ts";

const everyMinutes = 5;

/** One CronJob a family, so that neither hides what the other does. */
export function cronJobsFile(basis: Basis, wanted: WantedTests): GeneratedFile {
  const { families } = basis;
  const { namespace, outside } = wanted;
  const first = testOf(families[0] as Family);
  return generatedFile(
    "manifests/3-test-cronjobs.yaml",
    {
      does: [
        `Every ${everyMinutes} minutes, for ${families.join(" and for ")} on its own: the DNS records of the Services, every test pod by its address, the Service by its address${outside.length > 0 ? ", and outside of the cluster what was named" : ""}; small requests, and such of 4000 bytes, which fill whole packets.`,
        "A job fails where its family fails (exit code 1) or could not be tested (3). Its log and termination message say what.",
        "Which node a job runs on is the scheduler's choice: big packets are sent towards the test pods, and over time from all nodes.",
      ],
      sends: `DNS questions, HTTP requests to the test pods${outside.length > 0 ? `, and TCP connections that are closed at once to ${outside.map(outsideText).join(" and ")}` : ". Nothing outside of the cluster is dialled: --outside names what is"}.`,
      use: `kubectl apply -f manifests/3-test-cronjobs.yaml; at once: kubectl -n ${namespace} create job --from=cronjob/${first} now`,
      remove: "kubectl delete -f manifests/3-test-cronjobs.yaml",
    },
    [
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: testScript, namespace, labels: clientLabels },
        data: { "test.sh": testProgram },
      },
      ...families.map((family) => cronJob(family, basis, wanted)),
    ],
  );
}

export function outsideText({ host, port, family }: Outside): string {
  return family === "IPv6" ? `[${host}]:${port}` : `${host}:${port}`;
}

function cronJob(family: Family, { dns }: Basis, { namespace, image, outside }: WantedTests): object {
  const own = outside.filter((target) => target.family === undefined || target.family === family);
  const { volumeMounts, volumes } = scriptFrom(testScript);
  const variable = (name: string, value: string) => ({ name, value });
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const template = podTemplate(clientLabels, {
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 1,
    containers: [
      smallContainer("test", image, {
        command: ["sh", `${scriptFolder}/test.sh`],
        env: [
          variable("FAMILY", family),
          variable("SERVICE", testPods),
          variable("EVERY_POD", everyTestPod),
          variable("PORT", `${testPort}`),
          variable("PODS", `${testPodCount}`),
          // Asked over the family itself where it can be, and else what the pod's resolv.conf names.
          variable("DNS_SERVER", dns?.addresses.find((address) => familyOf(address) === family) ?? ""),
          variable("OUTSIDE", own.map(({ host, port }) => `${host} ${port}`).join(" ")),
          field("NAMESPACE", "metadata.namespace"),
          field("NODE", "spec.nodeName"),
          field("POD_IPS", "status.podIPs"),
        ],
        volumeMounts,
      }),
    ],
    volumes,
  });
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: testOf(family), namespace, labels: clientLabels },
    spec: {
      schedule: `*/${everyMinutes} * * * *`,
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: clientLabels },
        spec: { backoffLimit: 0, activeDeadlineSeconds: 240 + 60 * own.length, template },
      },
    },
  };
}
