import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { endpointsIn, isSentTo, slicesSince } from "../judging/endpoints.ts";
import type { Ground } from "../judging/proof.ts";
import { probedInVain } from "../judging/refused-probe.ts";
import type { SceneService } from "../judging/scene.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The Service has an IPv6 address and no ready IPv6 endpoint behind it",
  why: "EndpointSlices are kept per family. If the selected pods have no IPv6 address, or none is ready, kube-proxy rejects the IPv6 address of the Service while the IPv4 one works. v1 Endpoints show only the Service's first family.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  looksLike: ["listener-ipv4-only", "kube-proxy-no-ipv6-rules"], // the pod itself refuses, at once / endpoints are there
  code: "S03",

  *judge(subject) {
    const looked: Ground[] = [];
    const fails = (service: SceneService) => subject.failures.some(({ flow }) => flow?.service === service);
    const { services } = subject.scene;
    for (const { namespace, name, object } of [...services.filter(fails), ...services.filter((one) => !fails(one))]) {
      // Nothing ever stands behind an IPv6 address that this one was given: that is api-service-dual-by-hand.
      if (namespace === "default" && name === "kubernetes") continue;
      if (!((object.spec?.clusterIPs ?? []) as string[]).some((ip) => ip.includes(":"))) {
        looked.push({ object });
        continue;
      }
      const slices = yield* ask(endpointSlices, { namespace, service: name });
      const listed = question(endpointSlices, { namespace, service: name });
      looked.push(listed);
      const six = endpointsIn(slices, "IPv6");
      if (six.some(isSentTo)) continue;
      let unread: string | undefined;
      if (six.length > 0) {
        const { found: probed, looked: by, unseen } = yield* probedInVain(namespace, slices);
        unread = unseen ?? probed?.unread;
        if (probed?.bound)
          return excluded(
            `the kubelet probes pod ${namespace}/${probed.complaint.pod} in vain: that is probed-over-ipv6-only`,
            by,
          );
      }
      const four = endpointsIn(slices, "IPv4").length > 0;
      const because = `Service ${namespace}/${name} has ${six.length === 0 ? "no IPv6 endpoint" : `${six.length} IPv6 endpoints, none of them ready`}${four ? ", and IPv4 endpoints" : ""}`;
      const failed = subject.failures.filter(
        ({ flow }) => flow?.service?.name === name && flow.service.namespace === namespace && flow.host !== undefined,
      );
      const byHand = Object.keys((object.spec?.selector ?? {}) as object).length === 0;
      const remedy = {
        fix: byHand
          ? `It has no selector: whoever keeps its EndpointSlices has to make those of IPv6, or the Service should have one family.`
          : four
            ? "Give the selected pods IPv6 addresses: recreate pods from before the change to dual-stack; hostNetwork pods need a node with an IPv6 InternalIP."
            : "Look at why no pod is ready, or whether the selector matches any: this is not about IPv6 alone.",
        confirm: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name} lists an IPv6 slice with ready endpoints.`,
        explains: failed.map(({ id }) => id),
      };
      const [dial] = failed;
      if (!dial) return possible(`${because}; nothing that was dialled failed of it`, remedy);
      // The endpoint controller makes a slice of each family even for a Service without pods; none at all is no answer.
      if (slices.length === 0)
        return possible(because, {
          ...remedy,
          missing: "an EndpointSlice of the Service: there is none, so somebody else may keep its endpoints",
        });
      if (unread !== undefined)
        return possible(because, {
          ...remedy,
          missing: `that no probe over IPv6 keeps the pods from being ready: ${unread}`,
        });
      const since = yield* slicesSince({ namespace, service: name });
      if (!since.ok || endpointsIn(since.value, "IPv6").some(isSentTo))
        return possible(because, {
          ...remedy,
          missing: since.ok ? "that it had none when it was dialled: by now it has one" : since.refusal.message,
        });
      const other = notOverIPv4(subject, dial);
      return proven(because, {
        ...remedy,
        died: { how: "answer", dial, by: [listed] },
        instead: [{ lookalike: "kube-proxy-no-ipv6-rules", by: [listed] }, ...(other ? [other] : [])],
      });
    }
    return excluded(
      "the Services of this diagnosis have ready IPv6 endpoints, or no IPv6 address",
      looked.length > 0 ? looked : dialsOverIPv6(subject),
    );
  },
};
