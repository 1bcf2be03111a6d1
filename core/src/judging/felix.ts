import type { KubeObject } from "../cluster/cluster.ts";
import { probe as calicoFelix } from "../probes/calico-felix.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { excluded, type Judgement, possible } from "./cause.ts";
import { calicoSets, daemonSetNamed, environment, setName } from "./cni-agents.ts";
import type { Ground } from "./proof.ts";

/** What tells Calico's agent to do no IPv6. */
export interface FelixOff {
  readonly set: KubeObject;
  readonly because: string;
  /** The FelixConfiguration that says so; undefined where it is the environment. */
  readonly configuration?: string;
  readonly by: readonly [Ground, ...Ground[]];
}

/** Whether it is told so on a node; else why this is not so, or not known. */
export function* felixOff(node: string): Asking<FelixOff | Judgement> {
  const sets = question(daemonSets, {});
  const set = yield* daemonSetNamed(calicoSets);
  if (!set) return excluded("no DaemonSet of Calico was found", [sets]);
  const variable = environment(set, "FELIX_IPV6SUPPORT");
  const configurations = yield* tryAsk(calicoFelix, {});
  // Felix reads the one of its node before the one for all, and none of another name.
  const said = (name: string) =>
    (configurations.ok ? configurations.value : []).find(
      ({ metadata, spec }) => metadata.name === name && typeof spec?.ipv6Support === "boolean",
    );
  const own = said(`node.${node}`) ?? said("default");
  const off = own?.spec?.ipv6Support === false ? own : undefined;
  // The environment wins over the configuration in the datastore.
  if (variable !== undefined && variable.toLowerCase() !== "false")
    return excluded(`FELIX_IPV6SUPPORT is ${variable}`, [sets]);
  if (variable !== undefined) return { set, because: `${setName(set)} sets FELIX_IPV6SUPPORT=${variable}`, by: [sets] };
  if (!configurations.ok)
    return possible(`the FelixConfigurations could not be read: ${configurations.refusal.message}`);
  const listed = question(calicoFelix, {});
  if (!off) return excluded("nothing turns IPv6 off in Felix", [sets, listed]);
  const { name } = off.metadata;
  const because = `FelixConfiguration ${name} sets ipv6Support: false`;
  return { set, because, configuration: name, by: [listed, sets] };
}
