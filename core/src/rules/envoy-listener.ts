import { lacks } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { either } from "../program-files/envoy.ts";

export const rule: Rule = {
  summary: "An Envoy listener on 0.0.0.0: IPv4 only",
  why: `Envoy binds the address as it is written. \`::\` with \`ipv4_compat: true\` is a socket for both families.`,
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
    const listeners = resources?.get("listeners")?.items() ?? [];
    const ports = new Set(
      listeners
        .flatMap((listener) => sockets(listener))
        .filter(isIPv6)
        .map(port),
    );
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
