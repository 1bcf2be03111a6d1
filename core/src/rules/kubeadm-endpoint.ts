import { parseAddress } from "../addresses/address.ts";
import { joinHostPort, splitHostPort, swallowedPort } from "../addresses/host-port.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "An endpoint's IPv6 address and port are not told apart",
  why: `An IPv6 address with a port stands in brackets: [fd12::10]:6443. Without them, a shortened address swallows the port as
one more group and is another address, to which kubeadm adds the default port; a full one is no address at all. For joining,
the port is required.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  severity: "error",
  codes: ["KADM013", "KADM020"],
  kinds: ["ClusterConfiguration", "JoinConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
controlPlaneEndpoint: "fd12:3456:789a:ff::10:6443"
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
controlPlaneEndpoint: "[fd12:3456:789a:ff::10]:6443"
`,
  },

  *check(config) {
    const [report] =
      config.kind === "ClusterConfiguration"
        ? controlPlane(config.get("controlPlaneEndpoint"))
        : join(config.get("discovery", "bootstrapToken", "apiServerEndpoint"));
    if (report) yield report;
  },
};

function controlPlane(at: Field | undefined): Report[] {
  const codes = ["KADM013"];
  if (!at?.text || isPlaceholder(at.text)) return [];
  const swallowed = swallowedPort(at.text);
  if (parseAddress(at.text)) {
    const message = `this is an address without a port; write ${inBrackets(at.text)} to mean port ${swallowed?.port}`;
    return swallowed ? [{ at, codes, severity: "warning", message, fix: bracket(at, swallowed) }] : [];
  }
  // net.SplitHostPort takes a bracketed address only with its port.
  const split = splitHostPort(at.text);
  if (split && !(split.bracketed && split.port === undefined)) return [];
  const advice = split ? "write the address without brackets, or with a port" : `write ${inBrackets(at.text)}`;
  const fix: Report["fix"] = split
    ? { kind: "spelling", title: "Remove the brackets", edits: [at.replace(split.host)] }
    : bracket(at, swallowed);
  return [{ at, codes, message: `endpoint is not valid; ${advice}`, fix }];
}

function join(at: Field | undefined): Report[] {
  if (!at?.text || isPlaceholder(at.text)) return [];
  const split = splitHostPort(at.text);
  if (split?.port !== undefined) return [];
  const many = at.text.includes(":") && !split?.bracketed;
  const words = many ? "too many colons in address" : "missing port in address";
  const message = `address ${at.text}: ${words}; write [address]:port`;
  return [{ at, codes: ["KADM020"], message, fix: many ? bracket(at, swallowedPort(at.text)) : undefined }];
}

function inBrackets(text: string): string {
  const found = swallowedPort(text);
  return found ? joinHostPort(found.host, found.port) : "[address]:port";
}

function bracket(at: Field, found: ReturnType<typeof swallowedPort>): Report["fix"] {
  const written = found && joinHostPort(found.host, found.port);
  return written
    ? {
        kind: parseAddress(at.text ?? "") ? "decision" : "spelling",
        title: `Write ${written}`,
        edits: [at.replace(written)],
      }
    : undefined;
}
