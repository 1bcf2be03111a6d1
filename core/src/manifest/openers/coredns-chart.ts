import type { Embedded } from "../embedded.ts";
import type { Field } from "../field.ts";
import { Pieced } from "../pieced.ts";

/**
 * The Corefiles that CoreDNS' chart makes of `servers`, which holds zones, a port and plugins, each with `parameters` and a `configBlock`; alone
 * or below the chart's name. {@link https://github.com/coredns/helm/blob/master/charts/coredns/templates/_helpers.tpl}
 */
export function chartCorefiles(values: Field): readonly Embedded[] {
  return [values, ...values.entries().map(([, field]) => field)].flatMap((chart) => {
    const servers = chart.get("servers");
    const own = servers?.items().filter((server) => server.get("plugins")?.type === "seq") ?? [];
    const extra = chart.get("extraZonePlugins");
    return [
      ...(servers && own.length > 0 ? [corefile(servers, own)] : []),
      ...(extra?.type === "seq" ? [ofPlugins(extra)] : []),
    ];
  });
}

function corefile(servers: Field, own: readonly Field[]): Embedded {
  const made = new Pieced();
  for (const server of own) {
    const zones = server.get("zones")?.items() ?? [];
    if (zones.length === 0) made.add(". ");
    for (const zone of zones) {
      made.take(zone.get("scheme")).take(zone.get("zone"));
      made.add(`:${server.get("port")?.text ?? "53"} `);
    }
    made.add("{\n");
    for (const plugin of server.get("plugins")?.items() ?? []) addPlugin(made, plugin);
    made.add("}\n");
  }
  return made.file(servers, "Corefile");
}

/** {@link https://github.com/k8s-gateway/k8s_gateway/blob/master/charts/k8s-gateway/templates/configmap.yaml} */
function ofPlugins(plugins: Field): Embedded {
  const made = new Pieced().add(".:1053 {\n");
  for (const plugin of plugins.items()) addPlugin(made, plugin);
  return made.add("}\n").file(plugins, "Corefile");
}

function addPlugin(made: Pieced, plugin: Field): void {
  const block = plugin.get("configBlock");
  made.add("    ").take(plugin.get("name")).add(" ").take(plugin.get("parameters"));
  if (block?.text) made.add(" {\n").take(block).add("\n    }");
  made.add("\n");
}
