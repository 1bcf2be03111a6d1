import { canonicalAddress, type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { endpointsIn, isSentTo, slicesSince } from "../judging/endpoints.ts";
import type { Ground } from "../judging/proof.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as services } from "../probes/services.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "The cluster's DNS has no ready endpoint, so that no name resolves there",
  why: "The address in every pod's resolv.conf is a Service's. With no pod ready behind it, or none of that family, kube-proxy rejects the query or nobody answers it: names fail in both families, and what is reached by address works.",
  source: "https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/",
  looksLike: ["service-single-stack", "kube-proxy-no-ipv6-rules", "dns-upstream-other-family"], // one name fails there / endpoints are there / the server answers
  code: "D16",

  *judge(subject) {
    const unanswered = namesUnanswered(subject);
    const [first] = unanswered;
    const asked = subject.symptoms.filter(({ kind }) => kind === "name");
    if (!first)
      return excluded(
        "every DNS server that was asked has answered",
        asked.length > 0 ? asked : dialsOverIPv6(subject),
      );
    const looked: Ground[] = [];
    let known = false;
    // Where nobody may list all, the namespaces in which it mostly is.
    const everywhere = yield* tryAsk(services, {});
    const places = everywhere.ok ? [{}] : [{ namespace: "kube-system" }, { namespace: "openshift-dns" }];
    for (const place of places) {
      const listed = yield* tryAsk(services, place);
      if (!listed.ok && looked.length === 0) yield* ask(services, place);
      if (!listed.ok) continue;
      looked.push(question(services, place));
      for (const service of listed.value) {
        const lost = unanswered.filter(({ name }) =>
          addressesOf(service).includes(canonicalAddress(name?.server ?? "") ?? ""),
        );
        const [dial] = lost;
        if (!dial) continue;
        known = true;
        const { name, namespace = "" } = service.metadata;
        const slices = yield* ask(endpointSlices, { namespace, service: name });
        const seen = question(endpointSlices, { namespace, service: name });
        looked.push(seen);
        const empty = lost.filter((symptom) => !endpointsIn(slices, familyAsked(symptom) ?? "IPv6").some(isSentTo));
        const [dead] = empty;
        if (!dead) continue;
        const families = [...new Set(empty.flatMap((symptom) => familyAsked(symptom) ?? []))];
        const because = `Service ${namespace}/${name}, which is ${[...new Set(empty.map((one) => one.name?.server))].join(" and ")} in resolv.conf, has no ready ${families.join(" and no ready ")} endpoint`;
        const [only = "IPv6"] = families;
        const remedy = {
          family: families.length > 1 ? ("both" as const) : only,
          fix: `Look at why no pod behind Service ${namespace}/${name} is ready: its Deployment's replicas, its pods' events and logs${(["IPv4", "IPv6"] as const).some((one) => endpointsIn(slices, one).some(isSentTo)) ? `, and whether they have ${only} addresses` : ""}.`,
          confirm: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} lists ready endpoints, and names resolve.`,
          explains: empty.map(({ id }) => id),
        };
        // The endpoint controller makes a slice of each family even for a Service without pods; none at all is no answer.
        if (slices.length === 0)
          return possible(because, {
            ...remedy,
            missing: "an EndpointSlice of the Service: somebody else may keep its endpoints",
          });
        const since = yield* slicesSince({ namespace, service: name });
        if (!since.ok || families.some((one) => endpointsIn(since.value, one).some(isSentTo)))
          return possible(because, {
            ...remedy,
            missing: since.ok ? "that it had none when it was asked: by now it has one" : since.refusal.message,
          });
        return proven(because, {
          ...remedy,
          died: { how: "answer", dial: dead, by: [seen] },
          instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [seen, question(services, place)] }],
        });
      }
    }
    if (!everywhere.ok && !known)
      return unknown(`of which Service ${first.name?.server} is was not seen: ${everywhere.refusal.message}`, "both");
    return excluded("the DNS servers that did not answer have ready endpoints, or are of no Service", [
      first,
      ...looked,
    ]);
  },
};

/** Lookups, of both families, that no server answered. */
function namesUnanswered({ symptoms }: Case): Symptom[] {
  return symptoms.filter(({ kind, outcome, failed }) => kind === "name" && failed && silent.has(outcome));
}

const silent: ReadonlySet<Symptom["outcome"]> = new Set(["timeout", "refused"]);

function familyAsked({ name }: Symptom): Family | undefined {
  return familyOf(name?.server ?? "");
}

function addressesOf({ spec }: KubeObject): readonly string[] {
  return ((spec?.clusterIPs ?? []) as string[]).flatMap((ip) => canonicalAddress(ip) ?? []);
}
