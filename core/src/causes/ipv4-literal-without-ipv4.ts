import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { coreDns64 } from "../judging/dns64.ts";
import { leavesThePod, podName } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "address",
  summary: "An IPv4 address is dialled from a pod that has none",
  why: "A literal asks no DNS, so DNS64 cannot help: without a CLAT (464XLAT) that translates in the pod or on its node, the pod's own kernel has no way to an IPv4 address. The same service by its name may work.",
  source: "https://www.rfc-editor.org/rfc/rfc6877",
  looksLike: ["ipv4-only-name-without-ipv4", "undeclared-family"], // a name is asked for / the pod can speak IPv4 after all
  code: "X08",

  *judge(subject) {
    const asked = subject.symptoms.filter(
      ({ kind, family, flow }) => kind === "dial" && family === "IPv4" && flow?.target.kind === "address",
    );
    const failed = asked.filter((one) => one.failed);
    const [dial] = failed;
    if (!dial?.flow)
      return excluded(
        "no IPv4 address that was asked for failed",
        asked.length > 0 ? asked : dialsOverIPv6(subject),
        "IPv4",
      );
    const { from, host = "" } = dial.flow;
    if (from.ips.IPv4) return excluded(`${podName(from)} has ${from.ips.IPv4}`, [from], "IPv4");
    const dns64 = yield* coreDns64();
    const prefix = dns64?.dns64?.prefix;
    const because = `${podName(from)} has ${Object.values(from.ips).join(", ") || "no address"} only, and ${host} is dialled: ${dial.text}`;
    const remedy = {
      family: "IPv4" as const,
      fix: prefix
        ? `Have the program use the service's name: CoreDNS answers with an address of ${prefix}, which is translated. For literals a CLAT on the nodes is needed.`
        : "Have the program use a name with an AAAA record; what has IPv4 only takes NAT64 with DNS64, or pods with both families.",
      confirm: "The name of the service is reached over IPv6.",
      explains: failed.map(({ id }) => id),
    };
    const atOnce = dial.outcome === "network-unreachable" && (dial.ms ?? 0) < leavesThePod;
    if (!atOnce)
      return possible(because, { ...remedy, missing: "that the pod's own kernel says at once that it has no way" });
    return proven(because, {
      ...remedy,
      died: { how: "at once", dial, by: [dial] },
      instead: [{ lookalike: "undeclared-family", by: [from, dial] }],
    });
  },
};
