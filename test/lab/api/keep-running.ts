import { basename } from "node:path";
import { usageOf } from "../cgroups.ts";
import { savedContainer, startContainer } from "../containers.ts";
import { type ApiObject, now } from "../objects/object.ts";
import { isAlive, recordedProcesses } from "../state.ts";
import { findResource, type Resource } from "./resources.ts";
import type { Store } from "./store.ts";

const pods = findResource("", "v1", "pods") as Resource;

/**
 * The part of a kubelet that starts a container again which was killed for want of memory, and counts it. Containers that
 * were ended by hand stay ended: that is how faults are made.
 */
export function keepRunning(directory: string, store: Store, containers: ReadonlyMap<string, string>): void {
  const kills = new Map<string, number>();
  const look = async () => {
    for (const [pod, id] of containers) {
      const recorded = recordedProcesses(directory).find(({ what }) => what === `container-${id}`);
      if (!recorded || isAlive(recorded)) continue;
      const { oomKills } = usageOf(basename(directory), id);
      if (oomKills <= (kills.get(id) ?? 0)) continue;
      await startContainer(directory, savedContainer(directory, id));
      const [namespace = "", name = ""] = pod.split("/");
      const object = store.get(pods, namespace, name);
      if (object) store.put(pods, restarted(object));
      kills.set(id, usageOf(basename(directory), id).oomKills);
    }
  };
  const again = () => void setTimeout(() => look().then(again, again), 50).unref();
  again();
}

function restarted(pod: ApiObject): ApiObject {
  const [first, ...others] = pod.status.containerStatuses;
  const terminated = {
    reason: "OOMKilled",
    exitCode: 137,
    startedAt: first.state.running?.startedAt,
    finishedAt: now(),
  };
  const next = {
    ...first,
    state: { running: { startedAt: now() } },
    lastState: { terminated },
    restartCount: first.restartCount + 1,
  };
  return { ...pod, status: { ...pod.status, containerStatuses: [next, ...others] } };
}
