import { lostBetweenNodes } from "../judging/between-nodes.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedOnTheWay } from "../judging/failures.ts";
import { overlayAnnotation, overlayMac, sharedOverlays } from "../judging/overlay-identity.ts";
import { ofLate, sendsElsewhere, tunnelled } from "../judging/tunnel-ends.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Two nodes' overlay devices have the same hardware address",
  why: "Cloned machines make the same MAC address for their VXLAN device where it is derived of the machine's id. The other nodes then have two ways to one address, and packets for the pods of one node end up at the other.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md",
  looksLike: ["overlay-entry-missing", "overlay-port-blocked"], // each device has a MAC of its own there
  code: "C24",

  *judge(subject) {
    const across = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
    const { allNodes } = subject.scene;
    if (across.length === 0)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const shared = sharedOverlays(allNodes);
    const names = shared.map(({ name }) => name);
    const lost = across.filter(
      ({ flow }) => names.includes(flow?.toPod?.node ?? "") || names.includes(flow?.from.node ?? ""),
    );
    const [dial] = lost;
    const [first] = shared;
    if (!dial || !first)
      return excluded(
        allNodes.some(overlayMac)
          ? "the overlay devices of the nodes have different hardware addresses"
          : "flannel tells no hardware address for IPv6",
        allNodes,
      );
    const same = shared.filter((node) => overlayMac(node) === overlayMac(first));
    const because = `${overlayAnnotation} has VtepMAC ${overlayMac(first)} of nodes ${same.map(({ name }) => name).join(" and ")}`;
    const remedy = {
      fix: `Give the cloned machines ids of their own (/etc/machine-id emptied, then systemd-machine-id-setup), delete the device flannel-v6.* on nodes ${same.map(({ name }) => name).join(" and ")} and restart flannel there.`,
      confirm: `The annotations ${overlayAnnotation} of all nodes name different VtepMACs.`,
      explains: lost.map(({ id }) => id),
    };
    const reached = subject.symptoms.filter(
      ({ flow, family, outcome }) => family === "IPv6" && outcome === "ok" && flow?.scope === "other-node",
    );
    const way = names.includes(dial.flow?.from.node ?? "")
      ? undefined
      : yield* lostBetweenNodes(subject, true, "left, not arrived");
    const lostTo = way === undefined || "status" in way ? undefined : way;
    const to = lostTo && sendsElsewhere(lostTo);
    const twin =
      to !== undefined &&
      same.some(({ name }) => name === lostTo?.far.name) &&
      same.find(({ name, internalIPs }) => name !== lostTo?.far.name && internalIPs.includes(to));
    const atTwin = reached.find(({ flow }) => twin && flow?.toPod?.node === twin.name);
    if (lostTo && twin && atTwin)
      return proven(
        `${because}; ${lostTo.device} of node ${lostTo.near.name} sends what is for node ${lostTo.far.name} to ${to} of node ${twin.name}, whose pods it reaches`,
        {
          ...remedy,
          died: { how: "tuple", dial: lostTo.dial, by: [...lostTo.seen, atTwin, first] },
          instead: [{ lookalike: "overlay-entry-missing", by: [first, ...lostTo.seen] }, ...lostTo.instead],
        },
      );
    const beside = reached.find(({ flow }) => !names.includes(flow?.toPod?.node ?? ""));
    if (!beside || way === undefined)
      return possible(because, {
        ...remedy,
        missing: "a pod on a node with a hardware address of its own that is reached, dialled from such a node",
      });
    const sent = lostTo?.crossed.near.ok ? ofLate(tunnelled(lostTo, lostTo.crossed.near.value)) : [];
    const own = dial.flow?.toPod && allNodes.find(({ name }) => name === dial.flow?.toPod?.node);
    if (sent.some(({ original }) => own?.internalIPs.includes(original.destination)))
      return possible(because, {
        ...remedy,
        missing: `that what is for node ${own?.name} goes to another: it is wrapped for ${own?.name} itself`,
      });
    return proven(`${because}; ${beside.to} on node ${beside.flow?.toPod?.node} is reached`, {
      ...remedy,
      died: { how: "control", dial, by: [beside, first] },
      instead: [{ lookalike: "overlay-entry-missing", by: [beside] }],
    });
  },
};
