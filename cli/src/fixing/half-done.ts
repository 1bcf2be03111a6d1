import { terminal } from "../terminal.ts";

/** Says what an earlier run has begun to change in this cluster and nobody has seen the end of. Only the record is read. */
export async function sayHalfDone(command: string, server: string): Promise<void> {
  const { changeRecords, halfDone } = await import("#cluster/change-records.ts");
  for (const { id, place } of halfDone(changeRecords().entries()).filter((change) => change.server === server)) {
    const name = place.namespace === undefined ? place.name : `${place.namespace}/${place.name}`;
    terminal.complain(
      `kube-ipv6 ${command}: an earlier run was ended while it changed ${place.kind} ${name}: \`kube-ipv6 fix --list\` says how it stands, \`kube-ipv6 fix --undo ${id}\` undoes it, \`kube-ipv6 fix --forget ${id}\` leaves it`,
    );
  }
}
