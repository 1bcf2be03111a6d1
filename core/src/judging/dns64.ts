import { parsePrefix } from "../addresses/address.ts";
import { wellKnownPref64 } from "../addresses/nat64.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { serverOf } from "./corefile-server.ts";

/** CoreDNS' own DNS64. {@link https://coredns.io/plugins/dns64/} */
export interface Dns64 {
  readonly prefix: string;
  /** Answers of names that have AAAA records are made up too, those of the cluster among them. */
  readonly translateAll: boolean;
  /** Also for those who ask over IPv4. */
  readonly allowIPv4: boolean;
}

export interface Dns64Seen {
  /** undefined: the Corefile was read and has none. */
  readonly dns64: Dns64 | undefined;
  readonly by: Question;
}

const named = { namespace: "kube-system", name: "coredns" };

/** A name of no zone of anybody's, which the server for all names answers. */
const outside = "outside.example";

/**
 * What CoreDNS is told of DNS64 in the server that answers a name, by default one outside; undefined where its Corefile may not be read, or is
 * elsewhere.
 */
export function* coreDns64(name = outside): Asking<Dns64Seen | undefined> {
  const config = yield* tryAsk(configMap, named);
  const text = config.ok ? config.value.data?.Corefile : undefined;
  return typeof text === "string" ? { dns64: dns64In(text, name), by: question(configMap, named) } : undefined;
}

/** Whether nobody may read the Corefile; that there is none was seen. */
export function* corefileRefused(): Asking<boolean> {
  const config = yield* tryAsk(configMap, named);
  return !config.ok;
}

function dns64In(corefile: string, asked: string): Dns64 | undefined {
  const plugin = serverOf(corefile, asked)?.plugins.find(({ name }) => name.text === "dns64");
  if (!plugin) return undefined;
  const inside = plugin.block ?? [];
  const own = inside.find(({ name }) => name.text === "prefix")?.args[0]?.text ?? plugin.args[0]?.text;
  return {
    prefix: own && parsePrefix(own) ? own : wellKnownPref64,
    translateAll: inside.some(({ name }) => name.text === "translate_all"),
    allowIPv4: inside.some(({ name }) => name.text === "allow_ipv4"),
  };
}
