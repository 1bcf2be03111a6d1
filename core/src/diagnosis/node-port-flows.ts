import { familyOf } from "../addresses/address.ts";
import type { Flow, ScenePod, SceneService } from "../judging/scene.ts";
import { type Target, targetName } from "../judging/subject.ts";
import { dialledFamilies, type FlowParts, flow } from "./flow.ts";
import { servicePort } from "./service-flows.ts";

/** The source's own node and those of the first pods behind the Service; more of them tell nothing new. */
const mostNodes = 2;

/** The port that a Service of type NodePort or LoadBalancer has on every node, dialled in both families beside what was asked for. */
export function nodePortFlows(from: ScenePod, service: SceneService, { subject, nodes }: FlowParts): Flow[] {
  const chosen = servicePort(service, subject.to);
  const port = chosen?.nodePort;
  if (subject.to?.kind !== "service" || subject.front || port === undefined) return [];
  const target: Target = { kind: "service", namespace: service.namespace, name: service.name };
  return nodes.slice(0, mostNodes).flatMap((node) =>
    dialledFamilies.map((family) => ({
      ...flow(from, target, family, {
        scope: "node-port",
        host: node.internalIPs.find((ip) => familyOf(ip) === family),
        port,
        service,
        expectListener: true,
        asked: false,
        http: false,
      }),
      to: `node port of ${targetName(target)} on node ${node.name}`,
      id: `${family} ${from.namespace}/${from.name} > node port of ${targetName(target)} on ${node.name}`,
    })),
  );
}
