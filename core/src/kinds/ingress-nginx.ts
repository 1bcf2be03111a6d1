import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** The controller's configuration: its ConfigMap, or what the chart's values have as controller.config, below a name if it is another's chart. */
export function ingressNginxConfigs(resource: Resource): readonly Field[] {
  if (resource.kind === "ConfigMap") return [resource.get("data") ?? []].flat();
  const charts = [resource.root, ...resource.root.entries().map(([, field]) => field)];
  return charts.flatMap((chart) => chart.get("controller", "config") ?? []);
}
