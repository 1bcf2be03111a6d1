import type { Family } from "../addresses/address.ts";

/** The namespace of the tests where nobody names another. */
export const testNamespace = "family-test";
/** That of the pods that read the nodes' network, for which it has to let in hostNetwork. */
export const nodeNamespace = "family-node-check";

/** The Deployment and the Service in front of its pods, and the headless one. */
export const testPods = "family-test";
export const everyTestPod = "family-test-pods";
export const testScript = "family-test-script";
export const nodeCheck = "family-node-check";
export const nodeScript = "family-node-check-script";

/** Where the test pods listen: what serve-hostname listens on unless it is told another. */
export const testPort = 9376;

/** `family-test-ipv6`: the CronJob of a family, and the job that Prometheus calls its probes by. */
export function testOf(family: Family): string {
  return `family-test-${family.toLowerCase()}`;
}

const name = "app.kubernetes.io/name";
const component = "app.kubernetes.io/component";
export const serverLabels = { [name]: testPods, [component]: "server" };
export const clientLabels = { [name]: testPods, [component]: "client" };
export const nodeCheckLabels = { [name]: nodeCheck, [component]: "node-check" };

/** How many test pods there are: one more than the node of a test can have of them. */
export const testPodCount = 2;
