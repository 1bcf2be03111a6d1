import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import type { Outcome } from "../judging/symptom.ts";
import { hasIPv6, noSecondFamily } from "../kinds/second-family.ts";
import { probe as services } from "../probes/services.ts";
import { shellLine } from "../probing/kubectl.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The Service is single-stack: it has no IPv6 address",
  why: "Without ipFamilyPolicy a Service is SingleStack in the cluster's first family, also in a dual-stack cluster. Its name then has no AAAA record; DNS does nothing but repeat the Service.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  // A Service with an IPv6 address and no AAAA is no-aaaa; without IPv6 in any Service the cluster may not have it.
  looksLike: ["no-aaaa", "cluster-single-stack"],
  code: "S01",

  *judge(subject) {
    const { scene, failures } = subject;
    const lacking = scene.services.filter(({ object }) => !hasIPv6(object) && object.spec?.type !== "ExternalName");
    // What got no answer at all says nothing of the Service; only that there is no address, or no record, does.
    const missed = failures.filter(
      ({ flow, name: asked, outcome }) =>
        flow?.front === undefined &&
        lacking.includes(flow?.service ?? asked?.service ?? none) &&
        ofAddress.has(outcome),
    );
    const about = missed[0]?.flow?.service ?? missed[0]?.name?.service;
    const service = about ?? lacking[0];
    if (!service)
      return excluded(
        "the Services of this diagnosis have an IPv6 address, or there are none",
        scene.services.length > 0 ? scene.services : dialsOverIPv6(subject),
      );
    const name = `Service ${service.namespace}/${service.name}`;
    const [dual] = scene.pods.filter(({ ips }) => ips.IPv6);
    if (!dual) return excluded(`${name} is IPv4-only, and so are the pods`, scene.pods);
    const isApi = service.namespace === "default" && service.name === "kubernetes";
    if (isApi && !scene.pods[0]?.ips.IPv4)
      return excluded(`${name} is made by the API server: that is api-service-other-family`, [service]);
    const all = yield* ask(services, {});
    const { ipFamilyPolicy = "unset", ipFamilies = [], clusterIPs = [] } = service.object.spec ?? {};
    const because = `${name}: ipFamilyPolicy ${ipFamilyPolicy}, ipFamilies [${ipFamilies}], clusterIPs [${clusterIPs}], while its pods have IPv6 addresses`;
    const never = noSecondFamily(service.object);
    // An IPv6 address of the Service would send clients to where nobody answers.
    const deaf = failures.find(({ family, behind }) => family === "IPv6" && behind === name);
    const patch = `kubectl ${shellLine(madeDual(service))}`;
    const remedy = {
      fix: isApi
        ? "Leave it: the API server publishes its own endpoints, of one family. A second family is accepted there, and its address refuses every connection. Reach the API over IPv4, or let the API server advertise an IPv6 address."
        : never !== undefined
          ? `Leave ipFamilyPolicy as it is: ${never}.`
          : deaf
            ? `First let its pods answer over IPv6 (${deaf.to}: ${deaf.text}), since clients are sent there from then on. Then ${patch}.`
            : `${patch} - the second family may be added at any time, the first never changes.`,
      ...(never === undefined && !deaf
        ? {
            commands: [{ argv: madeDual(service) }],
            mend: { mend: "service-both-families", namespace: service.namespace, name: service.name },
          }
        : {}),
      confirm: isApi
        ? "The API answers over IPv4."
        : "spec.clusterIPs lists an IPv6 address, and the name has an AAAA record.",
      explains: missed.filter(({ flow, name: of }) => (flow?.service ?? of?.service) === service).map(({ id }) => id),
    };
    const [dial] = missed;
    if (!dial) return possible(`${because}; nothing that was asked for fails of it`, remedy);
    if (!all.some(hasIPv6))
      return possible(
        `${because}; no Service of the cluster has an IPv6 address, so its service range may be IPv4-only`,
        remedy,
      );
    return proven(because, {
      ...remedy,
      died: { how: "answer", dial, by: [service] },
      instead: [{ lookalike: "cluster-single-stack", by: [question(services, {}), dual] }],
    });
  },
};

const none = { namespace: "", name: "", object: { metadata: { name: "" } } };
const ofAddress: ReadonlySet<Outcome> = new Set(["no-address", "no-record"]);

function madeDual({ namespace, name }: { readonly namespace: string; readonly name: string }): string[] {
  const patch = JSON.stringify({ spec: { ipFamilyPolicy: "PreferDualStack" } });
  return ["-n", namespace, "patch", "service", name, "--type", "merge", "-p", patch];
}
