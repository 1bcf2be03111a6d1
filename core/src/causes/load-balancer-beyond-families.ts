import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The load balancer has an IPv6 address that its Service cannot serve",
  why: "A controller that lists the nodes' addresses in the status of a Service may list IPv6 ones of a Service that is IPv4-only. kube-proxy has no rule for them, so whoever follows a AAAA record made of the status is refused.",
  source: "https://github.com/k3s-io/k3s/issues/6978",
  looksLike: ["load-balancer-not-answered"], // the Service serves IPv6 there, and nobody answers for the address
  code: "S10",

  *judge(subject) {
    const lost = failedDials(subject).filter(
      ({ flow }) =>
        flow?.scope === "load-balancer" &&
        flow.host !== undefined &&
        flow.service !== undefined &&
        Array.isArray(flow.service.object.spec?.ipFamilies) &&
        !flow.service.object.spec.ipFamilies.includes("IPv6"),
    );
    const [dial] = lost;
    const service = dial?.flow?.service;
    if (!dial || !service)
      return excluded("no load balancer has an IPv6 address its Service is not meant for", dialsOverIPv6(subject));
    const { ipFamilies, ipFamilyPolicy = "unset" } = service.object.spec ?? {};
    const name = `Service ${service.namespace}/${service.name}`;
    const other = notOverIPv4(subject, dial);
    const { host = "" } = dial.flow ?? {};
    const because = `${name} has ipFamilies [${ipFamilies}] (ipFamilyPolicy ${ipFamilyPolicy}), and its status.loadBalancer lists ${host}; ${dial.to}: ${dial.text}`;
    const remedy = {
      fix: `Make ${name} dual-stack (ipFamilyPolicy: PreferDualStack), or let the controller that writes status.loadBalancer list addresses of its families only (a newer version of it).`,
      mend: { mend: "service-both-families", namespace: service.namespace, name: service.name },
      confirm: `The families of status.loadBalancer of ${name} are those of spec.ipFamilies.`,
      explains: lost.filter(({ flow }) => flow?.service === service && flow.host === host).map(({ id }) => id),
    };
    // A balancer of its own may well take IPv6 and pass it on over IPv4.
    const node = subject.scene.allNodes.find(({ internalIPs }) => internalIPs.includes(host));
    if (!node)
      return possible(because, { ...remedy, missing: `that a node has to serve ${host}: it is no InternalIP` });
    return proven(`${because}, which is node ${node.name}`, {
      ...remedy,
      died: { how: "answer", dial, by: [service, node] },
      instead: [{ lookalike: "load-balancer-not-answered", by: [service, node] }, ...(other ? [other] : [])],
    });
  },
};
