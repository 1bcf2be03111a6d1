import { type Family, familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { leavesThePod, podName } from "../judging/failures.ts";
import { worked } from "../judging/symptom.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The API server is served in one family, and the pod has the other",
  why: "Service default/kubernetes is always single-stack, in the family of the first service range. A pod whose only address is of the other family reaches no API: operators, ingress controllers and everything with a client of the API fails there.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  looksLike: ["service-single-stack", "api-service-dual-by-hand"], // any other Service / an address nothing stands behind
  code: "S08",

  *judge(subject) {
    const { scene, symptoms } = subject;
    const service = scene.services.find(({ namespace, name }) => namespace === "default" && name === "kubernetes");
    const [pod] = scene.pods;
    if (!service || !pod)
      return excluded(
        "Service default/kubernetes is not what was looked at",
        dialsOverIPv6(subject, "service"),
        "both",
      );
    const served = ((service.object.spec?.clusterIPs ?? []) as string[]).flatMap((ip) => familyOf(ip) ?? []);
    const own = Object.keys(pod.ips) as Family[];
    if (own.some((family) => served.includes(family)))
      return excluded(`${podName(pod)} has an address of a family that serves the API`, [pod, service], "both");
    const because = `Service default/kubernetes has ${served.join(" and ") || "no address"}, and ${podName(pod)} has ${own.join(" and ") || "no address"} only`;
    const dials = symptoms.filter(({ kind, flow }) => kind === "dial" && flow?.service === service);
    // A pod may have ways that its podIPs do not tell, such as the IPv4 of EKS.
    const works = dials.find(worked);
    if (works) return excluded(`${podName(pod)} reaches it all the same: ${works.to}`, [works], "both");
    const failed = dials.filter((one) => one.failed);
    const remedy = {
      family: "both" as const,
      fix: `Let the API server advertise an address of the pods' family (order of --service-cluster-ip-range and --advertise-address), or give the pods both families.`,
      confirm: "The pod reaches https://kubernetes.default.svc.",
      explains: failed.map(({ id }) => id),
    };
    const dial = failed.find(({ flow }) => flow?.host !== undefined);
    if (!dial)
      return possible(because, {
        ...remedy,
        missing: `a dial to Service default/kubernetes over ${served.join(" and ") || "either family"}`,
      });
    if (dial.outcome !== "network-unreachable" || (dial.ms ?? 0) >= leavesThePod)
      return possible(because, {
        ...remedy,
        missing: `that the pod's own kernel says at once that it has no way there: ${dial.text}`,
      });
    return proven(because, {
      ...remedy,
      died: { how: "at once", dial, by: [dial, service, pod] },
      instead: [{ lookalike: "service-single-stack", by: [service] }],
    });
  },
};
