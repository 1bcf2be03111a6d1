import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { hasIPv6, noSecondFamily } from "../kinds/second-family.ts";
import { probe as services } from "../probes/services.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The Ingress or Gateway is reached over IPv4 only: its controller's Service is single-stack",
  why: "What leads in from outside has the addresses of its controller's Service. Charts of ingress controllers leave ipFamilyPolicy unset, which is IPv4 alone in most clusters, however many families the application's own Service has.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  looksLike: ["service-single-stack", "load-balancer-without-ipv6"], // the application's own Service / the controller's Service has IPv6 and its load balancer has not
  code: "W02",

  *judge(subject) {
    const lacking = failedDials(subject, "no-address").filter(({ flow }) => flow?.front !== undefined);
    const [dial] = lacking;
    const { front, service: door } = dial?.flow ?? {};
    if (!dial || !front)
      return excluded(
        "no Ingress and no Gateway that was asked for lacks an IPv6 address",
        dialsOverIPv6(subject, "load-balancer"),
      );
    const remedy = {
      explains: lacking.filter(({ flow }) => flow?.service === door).map(({ id }) => id),
      confirm: `${front} lists an IPv6 address in its status.`,
    };
    if (!door)
      return possible(`${front} has no IPv6 address in its status`, {
        ...remedy,
        fix: "Give its controller an IPv6 address: a dual-stack Service, a load balancer of the cloud with an annotation for it, or nodes with an IPv6 InternalIP where it listens on them.",
        missing: "the Service its addresses come from: none lists them in status.loadBalancer",
      });
    const name = `Service ${door.namespace}/${door.name}`;
    const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy = "unset" } = door.object.spec ?? {};
    if ((clusterIPs as string[]).some((ip) => familyOf(ip) === "IPv6"))
      return excluded(
        `${name}, which ${front} is reached by, has an IPv6 address: that is load-balancer-without-ipv6`,
        [door],
      );
    const because = `${front} is reached by ${name}, which has ipFamilyPolicy ${ipFamilyPolicy}, ipFamilies [${ipFamilies}] and clusterIPs [${clusterIPs}]`;
    const never = noSecondFamily(door.object);
    if (never !== undefined)
      return possible(because, { ...remedy, fix: `Leave ipFamilyPolicy of ${name} as it is: ${never}.` });
    const all = yield* tryAsk(services, {});
    if (!all.ok || !all.value.some(hasIPv6))
      return possible(because, {
        ...remedy,
        fix: "Look first whether Services can have IPv6 here (--service-cluster-ip-range); without, ipFamilyPolicy changes nothing.",
        missing: "a Service of the cluster that has an IPv6 address: its Service range may be IPv4-only",
      });
    return proven(because, {
      ...remedy,
      fix: `Set ipFamilyPolicy: PreferDualStack in the values of the controller's chart, or kubectl -n ${door.namespace} patch service ${door.name} --type merge -p '{"spec":{"ipFamilyPolicy":"PreferDualStack"}}', and look that the controller listens on [::].`,
      mend: { mend: "service-both-families", namespace: door.namespace, name: door.name },
      died: { how: "answer", dial, by: [door] },
      instead: [
        { lookalike: "load-balancer-without-ipv6", by: [door] },
        { lookalike: "cluster-single-stack", by: [question(services, {})] },
      ],
    });
  },
};
