import type { Format } from "../output.ts";

const masquerading = /^Masquerading:\s+\S.*\[IPv4: (Enabled|Disabled), IPv6: (Enabled|Disabled)\]/;
const others =
  /^(?:KVStore|Kubernetes(?: APIs)?|KubeProxyReplacement|Host firewall|SRv6|CNI Chaining|CNI Config file|Cilium(?: health daemon)?|NodeMonitor|Controller Status|Proxy Status|Global Identity Range|Hubble|Encryption|Cluster health):\s+\S/;

/** `cilium-dbg status`: {@link https://docs.cilium.io/en/stable/operations/troubleshooting/#component-cluster-health} */
export const format: Format = {
  title: "cilium-dbg status",
  source: "https://docs.cilium.io/en/stable/operations/troubleshooting/#component-cluster-health",

  hear({ lines }) {
    const ipam = lines.filter(({ text }) => /^IPAM:\s+IPv[46]: \d/.test(text));
    const masquerade = lines.filter(({ text }) => masquerading.test(text));
    // What it calls so is in nobody else's output.
    if (ipam.length === 0 && masquerade.length === 0) return { understood: [], signs: [] };
    const rest = lines.filter(({ text }) => others.test(text));
    return {
      understood: [...ipam, ...masquerade, ...rest].map(({ number }) => number),
      signs: [
        ...ipam.flatMap(({ text, number }) =>
          /IPv6: \d/.test(text)
            ? []
            : [
                {
                  line: number,
                  family: "IPv6" as const,
                  says: "Cilium's agent hands out no IPv6 addresses",
                  pointsTo: ["cilium-ipv6-disabled"] as const,
                },
              ],
        ),
        ...masquerade.flatMap(({ text, number }) => {
          const [, four, six] = masquerading.exec(text) ?? [];
          const says = "Cilium masquerades IPv4 and not IPv6";
          const pointsTo = ["cilium-without-masquerade", "ipv6-pool-not-masqueraded"] as const;
          return four === "Enabled" && six === "Disabled"
            ? [{ line: number, family: "IPv6" as const, says, pointsTo }]
            : [];
        }),
      ],
    };
  },
};
