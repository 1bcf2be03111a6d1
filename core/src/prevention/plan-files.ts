import { shapeOfFamilies } from "../addresses/shape.ts";
import { configName } from "../lint/config-file.ts";
import { generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile } from "./model.ts";

/** The address plan as `kube-ipv6 plan` reads it, and the settings that let manifests be judged for this cluster. */
export function planFiles({ families, kubernetes, plan = {}, from, settled }: Basis): readonly GeneratedFile[] {
  const settings = {
    cluster: shapeOfFamilies(families),
    ...(kubernetes === undefined ? {} : { kubernetes: `1.${kubernetes}` }),
    ...(plan.services?.length ? { serviceCIDRs: plan.services } : {}),
    oneCluster: true,
  };
  const ranges = Object.entries(plan).filter(([, texts]) => texts.length > 0);
  const addressing = generatedFile(
    "address-plan.yaml",
    {
      does: [
        `The ranges that ${from} hands out addresses from, as they were read of it. No object of Kubernetes.`,
        "Put it beside your manifests: kube-ipv6 lint then reports a new range that overlaps one of these, and kube-ipv6 plan shows what is free. Add the ranges of sites, nodes and load balancers that the cluster does not know of.",
      ],
      sends: "nothing.",
      use: "kube-ipv6 plan FOLDER, kube-ipv6 ranges FOLDER",
      remove: "delete the file.",
    },
    [{ addressing: Object.fromEntries(ranges.map(([use, texts]) => [use, texts.length === 1 ? texts[0] : texts])) }],
  );
  const judging = generatedFile(
    configName,
    {
      does: ["What this cluster serves, for the linter: what it would refuse is reported before it is sent."],
      sends: "nothing.",
      use: "it holds for all files below its folder: put it at the top of those that are meant for this cluster.",
      remove: "delete the file.",
    },
    [settings],
  );
  return [...(ranges.length > 0 ? [addressing] : []), ...(settled ? [] : [judging])];
}
