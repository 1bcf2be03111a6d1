import type { EditorCommand } from "./command.ts";

/** Reads the kubeconfig again and asks the cluster everything again. */
export const refresh: EditorCommand = {
  id: "kube-ipv6.refresh",
  run: async ({ connection }) => {
    await connection.refresh();
  },
};
