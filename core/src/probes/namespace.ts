import { getting } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** One Namespace: its labels decide what a namespaceSelector matches. */
export const probe = getting<{ readonly name: string }>({
  id: "namespace",
  type: { apiVersion: "v1", resource: "namespaces" },
  asks: ({ name }) => `Namespace ${name}`,
  keep: keepSpec,
  line: ({ metadata }) => `labels ${JSON.stringify(metadata.labels ?? {})}`,
});
