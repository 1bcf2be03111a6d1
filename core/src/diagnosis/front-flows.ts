import { familyOf } from "../addresses/address.ts";
import type { Flow, ScenePod } from "../judging/scene.ts";
import { dialledFamilies, type FlowParts, flow } from "./flow.ts";

/** The addresses of the front door that was asked for; and of a family that it has no address of, that there is none. */
export function frontFlows(from: ScenePod, { subject: { front }, door }: FlowParts): Flow[] {
  if (!front || front.addresses.length === 0) return [];
  const { what, namespace, name, port, addresses } = front;
  const named = `${what} ${namespace}/${name}`;
  return dialledFamilies.flatMap((family) => {
    const own = addresses.filter((address) => familyOf(address) === family);
    return (own.length > 0 ? own : [undefined]).map(
      (host): Flow => ({
        ...flow(from, { kind: "front", what, namespace, name, port }, family, {
          scope: "load-balancer",
          host,
          port,
          expectListener: true,
          asked: true,
          http: false,
          front: named,
          ...(door ? { service: door } : {}),
        }),
        id: `${family} ${from.namespace}/${from.name} > ${named}${host === undefined ? "" : ` ${host}`}`,
      }),
    );
  });
}
