import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/**
 * The range sets of every host-local IPAM section in a CNI configuration, of one plugin or of a list of them. An older
 * `subnet` beside them is a set of one range. {@link https://www.cni.dev/plugins/current/ipam/host-local/}
 */
export function hostLocalSets(config: Resource): readonly (readonly (readonly Field[])[])[] {
  const plugins = [config.root, ...(config.get("plugins")?.items() ?? [])];
  return plugins.flatMap((plugin) => {
    const ipam = plugin.get("ipam");
    if (ipam?.get("type")?.text !== "host-local") return [];
    const own = ipam.has("subnet") ? [[ipam]] : [];
    return [[...own, ...(ipam.get("ranges")?.items() ?? []).map((set) => set.items())]];
  });
}
