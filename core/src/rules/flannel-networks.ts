import { type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field, Place } from "../manifest/field.ts";
import { missing } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "flannel's net-conf.json asks for a family without a network that fits it",
  why: `IPv6 takes two keys: \`"EnableIPv6": true\` and \`IPv6Network\`; one without the other is refused or ignored. IPv4 is on
and wants a \`Network\` unless \`"EnableIPv4": false\` stands there, also for an IPv6-only cluster. The network must hold four
nodes' subnets.`,
  source: "https://github.com/flannel-io/flannel/blob/master/pkg/subnet/config.go",
  severity: "error",
  codes: ["FLN001", "FLN002", "FLN004", "FLN005", "FLN006"],
  kinds: ["FlannelNetConf"],
  example: {
    bad: configMap('"IPv6Network": "fd12:3456:789a::/56"'),
    good: configMap('"IPv6Network": "fd12:3456:789a::/56", "EnableIPv6": true'),
  },

  *check(conf) {
    const [enable, ipv6] = [conf.get("EnableIPv6"), conf.get("IPv6Network")];
    if (enable?.quoted && /^(?:true|false)$/i.test(enable.text ?? "")) {
      yield quoted(enable, ipv6 ? "FLN002" : "FLN001");
      return;
    }
    const empty = [ipv6, conf.get("Network")].find((network) => network?.text === "");
    if (empty) {
      yield unreadable(empty, empty === ipv6 ? "FLN001" : "FLN004");
      return;
    }
    const on = enable?.boolean === true;
    if (on && enable && !ipv6)
      yield absent(
        conf,
        "IPv6Network",
        enable,
        "please define a correct IPv6Network parameter in the flannel config",
        "FLN001",
      );
    // k3s writes ::/0 beside "EnableIPv6": false where there is no IPv6 range.
    const isUnset = enable?.boolean === false && ipv6?.text === "::/0";
    if (!on && ipv6 && (!enable || enable.boolean === false) && !isUnset) yield ignored(ipv6, enable);
    yield* withoutNetwork(conf, on || ipv6 ? (enable ?? ipv6) : undefined);
    const network = parsePrefix(ipv6?.text ?? "");
    if (on && ipv6 && network?.address.family === "IPv6") yield* size(conf, ipv6, network);
  },
};

function quoted(enable: Field, code: string): Report {
  const value = enable.text?.toLowerCase() === "true";
  const message = `cannot unmarshal string into Go struct field Config.EnableIPv6 of type bool: write ${value}`;
  const fix: Report["fix"] = { kind: "spelling", title: "Remove the quotes", edits: [enable.replaceBare(value)] };
  return { at: enable, message, codes: [code], fix };
}

/** Both are read whether or not their family is on: UnmarshalJSON in flannel's pkg/ip/ip6net.go. */
function unreadable(network: Field, code: string): Report {
  return {
    at: network,
    message: `invalid CIDR address: "": write the range of the pods, or take it away`,
    codes: [code],
  };
}

function absent(conf: Resource, key: string, at: Place, message: string, code: string): Report {
  return { at: missing(conf.root, key, at), message, codes: [code] };
}

function ignored(ipv6: Field, enable: Field | undefined): Report {
  const edit = enable ? enable.replaceBare(true) : ipv6.insertAfter('"EnableIPv6": true');
  const fix: Report["fix"] = { kind: "decision", title: "Turn IPv6 on", edits: [edit] };
  const message = 'IPv6Network is ignored without "EnableIPv6": true';
  return { at: ipv6, message, severity: "warning", codes: ["FLN002"], fix };
}

/** IPv4 is on by default, `asked` being where IPv6 is asked for, if it is. */
function* withoutNetwork(conf: Resource, asked: Field | undefined): Iterable<Report> {
  if (!conf.lacks("Network") || conf.get("EnableIPv4")?.boolean === false) return;
  const says = "please define a correct Network parameter in the flannel config";
  const [first] = conf.root.entries();
  if (asked)
    yield { ...absent(conf, "Network", asked, `${says}, or "EnableIPv4": false`, "FLN004"), fix: withoutIPv4(asked) };
  else if (first) yield absent(conf, "Network", first[1].key, says, "FLN004");
}

function withoutIPv4(asked: Field): Report["fix"] {
  return { kind: "decision", title: "Turn IPv4 off", edits: [asked.insertAfter('"EnableIPv4": false')] };
}

function* size(conf: Resource, ipv6: Field, { length }: Prefix): Iterable<Report> {
  const subnet = conf.get("IPv6SubnetLen");
  const says = "network must be able to accommodate at least four subnets";
  if (!subnet?.integer) {
    const message = "IPv6Network is too small. Minimum useful network prefix is /124";
    if (length > 124 && (!subnet || subnet.integer === 0)) yield { at: ipv6, message, codes: ["FLN005"] };
  } else if (subnet.integer > 126) yield { at: subnet, message: "SubnetLen must be less than /127", codes: ["FLN006"] };
  else if (subnet.integer < length + 2)
    yield { at: subnet, message: `${says}: /${length} takes ${length + 2} or more`, codes: ["FLN006"] };
}

function configMap(ipv6: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-flannel-cfg
data:
  net-conf.json: |
    {"Network": "10.244.0.0/16", ${ipv6}, "Backend": {"Type": "vxlan"}}
`;
}
