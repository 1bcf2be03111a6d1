import type { Command } from "./command.ts";

/** Reads the kubeconfig again and asks the cluster everything again. */
export const refresh: Command = {
  id: "kube-ipv6.refresh",
  run: async ({ connection }) => {
    await connection.refresh();
  },
};
