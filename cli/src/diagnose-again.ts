import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { dumpedCluster } from "#core/cluster/dump.ts";
import { type Diagnosis, diagnose, diagnoseSaved, openSaved, type Subject } from "#core/diagnosis/diagnosis.ts";
import { reason } from "#files/reason.ts";
import { UsageError } from "./command.ts";
import { readDump } from "./dump.ts";
import { terminal } from "./terminal.ts";

/** What was saved is judged anew, by the causes of today; so is what the objects of a dump say, in which nothing can be dialled. */
export async function diagnoseAgain(path: string, subject: Subject): Promise<Diagnosis> {
  try {
    const bundle = statSync(path).isDirectory() ? "" : openSaved(readFileSync(path, "utf8"));
    if (typeof bundle !== "string") return await diagnoseSaved(bundle);
    const { objects, missed } = readDump(path);
    if (objects.length === 0)
      throw new UsageError(`--open ${path}: ${bundle || "no object of Kubernetes is in any file of that folder"}`);
    for (const sentence of missed) terminal.complain(`kube-ipv6 diagnose: ${sentence}`);
    return await ofDump(objects, basename(path), subject);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--open ${path}: ${reason(error)}`);
  }
}

async function ofDump(objects: readonly KubeObject[], name: string, subject: Subject): Promise<Diagnosis> {
  try {
    return await diagnose(dumpedCluster(objects, name), subject, { now: Date.now, access: "api" });
  } catch (cause) {
    throw new Error("it holds an object that no API server hands out: a file was changed, or is damaged", { cause });
  }
}
