import { type Answer } from "#core/cluster.ts";
import { type Entry } from "./kubeconfig-document.ts";
/** Reads a file or the base64 text beside it, as kubeconfig has most things twice. */
export declare function pemOf(entry: Entry | undefined, field: string): Promise<Answer<string | undefined>>;
