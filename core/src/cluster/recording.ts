import {
  type Answer,
  answered,
  type Cluster,
  type KubeObject,
  type ListOptions,
  type ResourceType,
  refused,
  type Version,
} from "./cluster.ts";

/** What the API of a cluster said at one moment, as plain JSON. */
export interface Recording {
  readonly context: string;
  readonly server: string;
  readonly version: Version;
  readonly lists: readonly RecordedList[];
}

export interface RecordedList {
  readonly type: ResourceType;
  readonly answer: Answer<readonly KubeObject[]>;
}

/** Asks a cluster for the whole list of every type. */
export async function record(cluster: Cluster, types: readonly ResourceType[]): Promise<Answer<Recording>> {
  const version = await cluster.version();
  if (!version.ok) return version;
  const lists = await Promise.all(types.map(async (type) => ({ type, answer: await cluster.list(type) })));
  return answered({ context: cluster.context, server: cluster.server, version: version.value, lists });
}

/**
 * A cluster that answers from a recording. Nothing changes in it and nothing can be run in it; what was not recorded is
 * `unsupported`. Of label and field selectors it knows `a=b` and several of them with commas.
 */
export function recordedCluster({ context, server, version, lists }: Recording): Cluster {
  const list = async (type: ResourceType, options: ListOptions = {}): Promise<Answer<readonly KubeObject[]>> => {
    const found = lists.find(
      (each) => each.type.apiVersion === type.apiVersion && each.type.resource === type.resource,
    );
    if (found === undefined) return refused("unsupported", `${type.resource} of ${type.apiVersion} were not recorded.`);
    return found.answer.ok ? answered(found.answer.value.filter((object) => isWanted(object, options))) : found.answer;
  };
  return {
    context,
    server,
    version: async () => answered(version),
    list,
    get: async (type, name, options = {}) => {
      const answer = await list(type, options);
      if (!answer.ok) return answer;
      const object = answer.value.find(({ metadata }) => metadata.name === name);
      return object
        ? answered(object)
        : refused("not-found", `There is no ${type.resource} "${name}" in the recording.`);
    },
    watch: (type, options, listener) => {
      let stopped = false;
      void list(type, options).then((answer) => {
        if (stopped) return;
        listener(answer.ok ? { type: "reset", objects: answer.value } : { type: "ended", refusal: answer.refusal });
      });
      return {
        stop: () => {
          stopped = true;
        },
      };
    },
    logs: async () => notRecorded("No logs were recorded."),
    run: async () => notRecorded("Nothing can be run in a recorded cluster."),
    mayI: async ({ verb }) => answered(["get", "list", "watch"].includes(verb)),
  };
}

function notRecorded(message: string) {
  return refused("unsupported", message, "Connect to a cluster: run the command IPv6: Use Context.");
}

function isWanted(object: KubeObject, { namespace, labelSelector, fieldSelector }: ListOptions): boolean {
  const labels = object.metadata.labels ?? {};
  return (
    (namespace === undefined || object.metadata.namespace === namespace) &&
    pairs(labelSelector).every(([key, value]) => labels[key] === value) &&
    pairs(fieldSelector).every(([path, value]) => fieldOf(object, path) === value)
  );
}

function pairs(selector: string | undefined): readonly [string, string][] {
  const terms = (selector ?? "").split(",").filter((term) => term !== "");
  return terms.map((term) => {
    const [key = "", value = ""] = term.split(/={1,2}/);
    return [key.trim(), value.trim()];
  });
}

function fieldOf(object: KubeObject, path: string): unknown {
  const step = (value: unknown, key: string) => (value as Record<string, unknown> | undefined)?.[key];
  return path.split(".").reduce<unknown>(step, object);
}
