import { type Address, type Prefix, parseAddress, parsePrefix } from "../addresses/address.ts";
import { spanOfPrefix } from "../addresses/span.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** One range that host-local hands out addresses from. */
export interface HostLocalRange {
  readonly field: Field;
  readonly subnet: Field;
  readonly prefix: Prefix;
  /** `rangeStart`, or the first address of the subnet. */
  readonly first: Address;
  /** `rangeEnd`, or the last address of the subnet. */
  readonly last: Address;
}

/**
 * The range sets of every host-local IPAM section in a CNI configuration, of one plugin or of a list of them. An older
 * `subnet` beside them is a set of one range; a range whose subnet cannot be read is left out.
 * {@link https://www.cni.dev/plugins/current/ipam/host-local/}
 */
export function hostLocalSets(config: Resource): readonly (readonly (readonly HostLocalRange[])[])[] {
  const plugins = [config.root, ...(config.get("plugins")?.items() ?? [])];
  return plugins.flatMap((plugin) => {
    const ipam = plugin.get("ipam");
    if (ipam?.get("type")?.text !== "host-local") return [];
    const own = ipam.has("subnet") ? [[ipam]] : [];
    const sets = [...own, ...(ipam.get("ranges")?.items() ?? []).map((set) => set.items())];
    return [sets.map((set) => set.flatMap(read))];
  });
}

function read(field: Field): HostLocalRange[] {
  const subnet = field.get("subnet");
  const prefix = parsePrefix(subnet?.text ?? "");
  if (!subnet || !prefix) return [];
  const [first, last] = ["rangeStart", "rangeEnd"].map((key) => parseAddress(field.get(key)?.text ?? ""));
  const whole = spanOfPrefix(prefix);
  return [{ field, subnet, prefix, first: first ?? whole.first, last: last ?? whole.last }];
}
