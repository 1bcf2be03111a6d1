import { operation } from "./operation.ts";

export const left = operation({
  name: "left",
  summary: "show what diagnoses have created in clusters and not removed, and remove it",
  usage: "[OPTIONS]",
  says: `Shows what kube-ipv6 diagnose --access has created in any cluster and what is still on record on this machine, and removes it.
Nothing else is touched: what is deleted has a name and a label of its own. What a diagnosis that still runs needs is left alone.`,
  inputs: {
    list: { says: "show it, and remove nothing" },
    kubeconfig: { takes: "FILE", says: "where to look for the contexts; by default where they were found then" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: { takes: ["text", "json"], says: "how to print", byDefault: "text" },
  },
  exits: {
    0: "nothing is left",
    1: "something is still there",
    2: "wrong usage",
    3: "a cluster could not be asked",
  },
  writes: "deletes what it has created",
});
