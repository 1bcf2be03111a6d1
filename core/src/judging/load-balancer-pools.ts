import { probe as policies } from "../probes/policies.ts";
import { type Asking, type Question, question, tryAskAll } from "../probing/probe.ts";

/** Kinds that hold the addresses of load balancers without a cloud, and the fields they stand in. */
const kinds = [
  { apiVersion: "metallb.io/v1beta1", resource: "ipaddresspools", kind: "IPAddressPool" },
  { apiVersion: "cilium.io/v2alpha1", resource: "ciliumloadbalancerippools", kind: "CiliumLoadBalancerIPPool" },
] as const;

export interface Pools {
  /** "IPAddressPool metallb-system/main" to what it holds, as written. */
  readonly pools: Readonly<Record<string, readonly string[]>>;
  readonly by: readonly Question[];
}

/** The pools that load balancers' addresses come from; none where a cloud gives them, or nobody may look. */
export function* loadBalancerPools(): Asking<Pools> {
  const asked = kinds.map((kind) => question(policies, kind));
  const answers = yield* tryAskAll(asked);
  const pools = answers.flatMap((answer, index) =>
    (answer.ok ? answer.value : []).map(({ metadata, spec = {} }): [string, string[]] => {
      const name = `${kinds[index]?.kind} ${metadata.namespace ? `${metadata.namespace}/` : ""}${metadata.name}`;
      const blocks = (spec.blocks ?? []) as { cidr?: string; start?: string }[];
      return [name, [...(spec.addresses ?? []), ...blocks.flatMap(({ cidr, start }) => cidr ?? start ?? [])]];
    }),
  );
  return { pools: Object.fromEntries(pools), by: asked.filter((_, index) => answers[index]?.ok) };
}
