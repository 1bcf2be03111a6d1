import { clusterOf, lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { either } from "../program-files/envoy.ts";

export const rule: Rule = {
  summary: "An Envoy listener of one family: 0.0.0.0 is IPv4 only, :: alone IPv6 only",
  why: `Envoy binds the address as it is written. \`::\` with \`ipv4_compat: true\` is a socket for both families, and without it one for IPv6
alone.`,
  source: "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/address.proto",
  severity: "warning",
  codes: ["ARG018"],
  kinds: ["EnvoyConf"],
  example: {
    bad: configMap("address: 0.0.0.0"),
    good: configMap('address: "::"\n              ipv4_compat: true'),
  },

  *check(file, world) {
    const resources = either(file.root, "static_resources", "staticResources");
    const spelt = resources?.step === "staticResources" ? "ipv4Compat" : "ipv4_compat";
    const compat = /^\s*\{/.test(file.source) ? `"${spelt}"` : spelt;
    const listeners = (resources?.get("listeners")?.items() ?? []).filter((one) => !isCiliums(one));
    const ports = new Set(
      listeners
        .flatMap((listener) => sockets(listener))
        .filter(isIPv6)
        .map(port),
    );
    const primary = clusterOf(world);
    if (primary === "v4" || primary === "dual-v4") yield* ofIPv6Alone(listeners.flatMap(sockets), spelt);
    for (const socket of [...listeners, ...[file.get("admin") ?? []].flat()].flatMap(sockets)) {
      const address = socket.get("address");
      if (address?.text !== "0.0.0.0" || ports.has(port(socket)) || lacks(world, "IPv6")) continue;
      yield {
        at: address,
        message: 'this listener answers over IPv4 only: write "::" with ipv4_compat: true',
        fix: {
          kind: "decision",
          title: "Listen on both families",
          edits: [address.replace("::"), address.insertAfter(`${compat}: true`)],
        },
      };
    }
  },
};

/**
 * The chart writes this one by the families that Cilium has.
 * {@link https://github.com/cilium/cilium/blob/main/install/kubernetes/cilium/files/cilium-envoy/configmap/bootstrap-config.yaml}
 */
function isCiliums(listener: Field): boolean {
  return listener.get("name")?.text === "envoy-prometheus-metrics-listener";
}

/** Envoy sets IPV6_V6ONLY unless it is told otherwise. */
function* ofIPv6Alone(all: readonly Field[], compat: string): Iterable<Report> {
  for (const socket of all) {
    const address = socket.get("address");
    const isMixed = either(socket, "ipv4_compat", "ipv4Compat")?.boolean === true;
    const hasTwin = all.some((one) => port(one) === port(socket) && !isIPv6(one));
    if (address?.text === "::" && !isMixed && !hasTwin)
      yield { at: address, message: `this listener answers over IPv6 only: add ${compat}: true` };
  }
}

function sockets(listener: Field): readonly Field[] {
  const more = either(listener, "additional_addresses", "additionalAddresses")?.items() ?? [];
  return [listener, ...more].flatMap((one) => either(one.get("address"), "socket_address", "socketAddress") ?? []);
}

function isIPv6(socket: Field): boolean {
  return socket.get("address")?.text?.includes(":") ?? false;
}

function port(socket: Field): string | undefined {
  return either(socket, "port_value", "portValue")?.text;
}

function configMap(address: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: proxy
data:
  envoy.yaml: |
    static_resources:
      listeners:
        - address:
            socket_address:
              ${address}
              port_value: 8080
`;
}
