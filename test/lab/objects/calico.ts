import { clusterCidr, type LabPlan } from "../plan.ts";
import { type ApiObject, object } from "./object.ts";

/** What calico-node is told by its environment. */
export function calicoEnvironment(plan: LabPlan): object[] {
  const six = plan.families.includes("IPv6");
  return [
    { name: "FELIX_IPV6SUPPORT", value: `${six}` },
    { name: "IP", value: plan.families.includes("IPv4") ? "autodetect" : "none" },
    ...(six ? [{ name: "IP6", value: "autodetect" }] : []),
    { name: "CALICO_NETWORKING_BACKEND", value: "bird" },
  ];
}

/** In routed mode, the pools and the Felix configuration Calico keeps as custom resources. */
export function calicoObjects(plan: LabPlan): ApiObject[] {
  if (plan.options.mode !== "routed") return [];
  const pools = plan.families.map((family) =>
    object(
      "crd.projectcalico.org/v1",
      "IPPool",
      { name: `default-${family.toLowerCase()}-ippool` },
      {
        spec: {
          cidr: clusterCidr[family],
          blockSize: family === "IPv6" ? 122 : 26,
          ipipMode: "Never",
          vxlanMode: "Never",
          natOutgoing: true,
          nodeSelector: "all()",
          allowedUses: ["Workload", "Tunnel"],
        },
      },
    ),
  );
  const felix = object(
    "crd.projectcalico.org/v1",
    "FelixConfiguration",
    { name: "default" },
    {
      spec: { ipv6Support: plan.families.includes("IPv6"), logSeverityScreen: "Info", reportingInterval: "0s" },
    },
  );
  return [...pools, felix];
}
