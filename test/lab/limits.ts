/** What a container may use at most, as Kubernetes writes it in a pod's `resources.limits`; processes are a kubelet's podPidsLimit. */
export interface Limits {
  /** "64Mi" */
  memory?: string;
  /** "50m" is a twentieth of a CPU. */
  cpu?: string;
  pids?: string;
}

/** Reads "memory:64Mi,pids:512,cpu:50m"; throws an Error that names what it does not know. */
export function parseLimits(text: string): Limits {
  const limits: Limits = {};
  for (const part of text.split(",")) {
    const [name = "", value = ""] = part.split(":");
    if (name !== "memory" && name !== "cpu" && name !== "pids") throw new Error(`"${part}" limits nothing known here`);
    limits[name] = value;
  }
  // A quantity nobody can read is told of before anything is built.
  bytesOf(limits.memory ?? "1Mi");
  cpusOf(limits.cpu ?? "1");
  if (limits.pids !== undefined && !/^\d+$/.test(limits.pids))
    throw new Error(`"${limits.pids}" is no number of processes`);
  return limits;
}

/** Bytes of a quantity like "64Mi". */
export function bytesOf(quantity: string): number {
  const [, number, unit = ""] = /^(\d+)(Ki|Mi|Gi)?$/.exec(quantity) ?? [];
  if (number === undefined) throw new Error(`"${quantity}" is no amount of memory`);
  return Number(number) * 1024 ** ["", "Ki", "Mi", "Gi"].indexOf(unit);
}

/** CPUs of a quantity like "50m" or "2". */
export function cpusOf(quantity: string): number {
  const [, number, unit = ""] = /^(\d+)(m)?$/.exec(quantity) ?? [];
  if (number === undefined) throw new Error(`"${quantity}" is no amount of CPU`);
  return unit === "m" ? Number(number) / 1000 : Number(number);
}
