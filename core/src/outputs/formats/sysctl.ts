import type { Format, Line, Sign } from "../output.ts";

interface Setting {
  readonly line: Line;
  readonly name: string;
  readonly value: number;
}

/** `sysctl -a`, or a file of /etc/sysctl.d: {@link https://docs.kernel.org/networking/ip-sysctl.html} */
export const format: Format = {
  title: "sysctl",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",

  hear({ lines }) {
    const understood: number[] = [];
    const all: Setting[] = [];
    for (const line of lines) {
      const found = /^(?:\/proc\/sys\/)?((?:net|kernel|vm|fs|dev|user|debug|abi|sunrpc)[./][\w./@-]+)\s*[=:](.*)/.exec(
        line.text.trim(),
      );
      if (!found) continue;
      understood.push(line.number);
      const [, name = "", text = ""] = found;
      if (/^\s*-?\d+$/.test(text)) all.push({ line, name: name.replaceAll("/", "."), value: Number(text) });
    }
    const is = (name: string, value: number) => all.some((one) => one.name === name && one.value === value);
    const forwards = (device: string) =>
      is("net.ipv6.conf.all.forwarding", 1) && !is(`net.ipv6.conf.${device}.forwarding`, 0);
    return { understood, signs: all.flatMap((one) => signsOf(one, forwards)) };
  },
};

const whole: Readonly<Record<string, string>> = {
  all: "every interface",
  default: "every interface that is made from now on",
};
/** Advertisements come to these, and not to what leads to pods. */
const uplink = /^(?!(?:all|default|lo|docker|br-|veth|cali|lxc|cni|flannel|cilium|kube|tun|vxlan|nodelocal))/;

function signsOf({ line, name, value }: Setting, forwards: (device: string) => boolean): Sign[] {
  const said = (says: string, ...pointsTo: Sign["pointsTo"]): Sign[] => [
    { line: line.number, family: name.startsWith("net.ipv4.") ? "IPv4" : "IPv6", says, pointsTo },
  ];
  const [, device = "", setting = ""] = /^net\.ipv6\.conf\.([^.]+)\.(\w+)$/.exec(name) ?? [];
  if (setting === "disable_ipv6" && value === 1)
    return said(`IPv6 is off on ${whole[device] ?? device}`, "ipv6-disabled-on-interface");
  if (setting === "forwarding" && device === "all" && value === 0)
    return said("IPv6 is not forwarded: right in a pod, wrong on a node", "forwarding-off");
  if (setting === "accept_ra" && value === 1 && uplink.test(device) && forwards(device))
    return said(
      `${device} ignores router advertisements, since IPv6 is forwarded and accept_ra is 1, not 2`,
      "ra-default-lost",
      "accept-ra-on-all-only",
    );
  if (name === "net.ipv6.bindv6only" && value === 1)
    return said("a socket on [::] takes no IPv4 unless the program asks for it", "listener-ipv6-only");
  if (name === "net.ipv4.ip_forward" && value === 0)
    return said("IPv4 is not forwarded: right in a pod, wrong on a node");
  return [];
}
