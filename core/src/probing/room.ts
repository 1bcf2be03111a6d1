import { type Refusal, refused } from "../cluster/cluster.ts";
import type { Container } from "./containers.ts";

/** What a container may still use, from its own groups; what is undefined has no limit, or none that can be seen from inside. */
export interface Room {
  /** Kilobytes of memory until the kernel kills something in the container. */
  readonly free: number | undefined;
  /** Kilobytes. */
  readonly limit: number | undefined;
  /** Processes that may still be started. */
  readonly processes: number | undefined;
  /** How many there may be. */
  readonly mostProcesses: number | undefined;
}

/** Kilobytes that a shell with one small program beside it does not reach, and that leave something to the application. */
const enough = 4000;
const enoughProcesses = 4;

/** Reads "free limit processes most", where - is no number. */
export function roomIn(text: string | undefined): Room | undefined {
  if (text === undefined) return undefined;
  const numbers = text.trim().split(" ");
  const [free, limit, processes, mostProcesses] = numbers.map((word) =>
    /^-?\d+$/.test(word) ? Number(word) : undefined,
  );
  return { free, limit, processes, mostProcesses };
}

/** Why nothing more is started in a container; undefined where there is room for something that takes so many kilobytes. */
export function tooLittle(container: Container, room: Room, kilobytes = enough): Refusal | undefined {
  const { free, limit, processes, mostProcesses } = room;
  if (free !== undefined && free < kilobytes)
    return noRoom(
      container,
      `only ${mebibytes(free)} of the ${mebibytes(limit ?? 0)} MiB of memory it may use are left`,
    );
  if (processes !== undefined && processes < enoughProcesses)
    return noRoom(container, `only ${processes} of the ${mostProcesses} processes it may have are left`);
  return undefined;
}

/** Why a large program is not started in a container whose memory is limited and that has nothing to look at it with. */
export function unknownRoom(container: Container, program: string): Refusal {
  return noRoom(container, `its memory is limited, and how much is left for ${program} nothing in it can tell`);
}

function noRoom({ namespace, pod, container }: Container, why: string): Refusal {
  return refused("no-room", `nothing was started in container "${container}" of pod ${namespace}/${pod}: ${why}`)
    .refusal;
}

/** Of kilobytes, with one digit. */
function mebibytes(kilobytes: number): number {
  return Math.round((kilobytes / 1048.576) * 10) / 10;
}
