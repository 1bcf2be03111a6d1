import { parseAddress } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

const label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
/** An RFC 1123 subdomain, with "*." in front if it is a wildcard. */
const name = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`);

export const rule: Rule = {
  summary: "A certSAN is neither an address nor a name",
  why: `The certificate of the API server lists addresses as they are: without brackets, port or prefix length. Name the
IPv6 addresses of the control plane beside the IPv4 ones, or clients that dial them cannot verify the certificate.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  severity: "error",
  codes: ["KADM014"],
  kinds: ["ClusterConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  certSANs: ["[fd12:3456:789a:ff::10]", api.corp.internal]
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  certSANs: ["fd12:3456:789a:ff::10", api.corp.internal]
`,
  },

  *check(config) {
    const list = config.get("apiServer", "certSANs");
    for (const entry of list?.items() ?? []) {
      const { text } = entry;
      if (!list || text === undefined || isPlaceholder(text) || parseAddress(text)) continue;
      if (text.length <= 253 && name.test(text)) continue;
      const bare = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? "";
      const message = "altname is not a valid IP address, DNS label or a DNS label with subdomain wildcards";
      const { start, end } = entry;
      yield {
        at: { path: list.path, start, end },
        message: parseAddress(bare) ? `${message}; write ${bare}` : message,
        fix: parseAddress(bare)
          ? { kind: "spelling", title: `Write ${bare}`, edits: [entry.replace(bare)] }
          : undefined,
      };
    }
  },
};
