import { parseAddress } from "../addresses/address.ts";
import { joinHostPort, splitHostPort, swallowedPort } from "../addresses/host-port.ts";
import { programFlags, type Written } from "../kinds/flags.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A bind address of kube-proxy is not IP:port",
  why: `healthzBindAddress and metricsBindAddress are an address with a port; an IPv6 address stands in brackets. A bare
address gets the default port, so "::1:9999" is read as one more address, [::1:9999]:10256.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/apis/config/validation/validation.go",
  severity: "error",
  codes: ["KPX001"],
  kinds: ["KubeProxyConfiguration", ...podKinds],
  mentions: [/bind-?address/],
  example: {
    bad: `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
healthzBindAddress: "::1:9999"
`,
    good: `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
healthzBindAddress: "[::1]:9999"
`,
  },

  *check(config) {
    const flags = programFlags(config, "kube-proxy");
    const isFile = config.kind === "KubeProxyConfiguration";
    for (const name of ["healthz", "metrics"]) {
      const at = isFile ? config.get(`${name}BindAddress`) : flags?.get(`${name}-bind-address`);
      const report = at?.text && !isPlaceholder(at.text) ? judge(at, at.text) : undefined;
      if (report) yield report;
    }
  },
};

function judge(at: Written, text: string): Report | undefined {
  const swallowed = swallowedPort(text);
  const written = swallowed && joinHostPort(swallowed.host, swallowed.port);
  const fix: Report["fix"] = written
    ? { kind: parseAddress(text) ? "decision" : "spelling", title: `Write ${written}`, edits: [at.replace(written)] }
    : undefined;
  if (parseAddress(text)) {
    const message = `read as an address and completed with the default port; write ${written} to mean port ${swallowed?.port}`;
    return swallowed && { at, severity: "warning", message, fix };
  }
  const split = splitHostPort(text);
  if (!split || split.port === undefined)
    return { at, message: `must be IP:port; write ${written ?? "[address]:port"}`, fix };
  if (!parseAddress(split.host)) return { at, message: "must be a valid IP in front of the port" };
  const port = Number(split.port);
  const valid = /^\d+$/.test(split.port) && port >= 1 && port <= 65535;
  return valid ? undefined : { at, message: "must be a valid port, 1 to 65535" };
}
