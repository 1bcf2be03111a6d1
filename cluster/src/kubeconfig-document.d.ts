import { type Answer } from "#core/cluster.ts";
import { type Mapping } from "./mapping.ts";
/** What one file of a kubeconfig says. */
export interface KubeconfigDocument {
    readonly file: string;
    readonly clusters: readonly Entry[];
    readonly users: readonly Entry[];
    readonly contexts: readonly Entry[];
    readonly current?: string;
}
/** One entry of `clusters`, `users` or `contexts`: its fields as written, and the file that says them. */
export interface Entry {
    readonly name: string;
    readonly fields: Mapping;
    readonly file: string;
}
/** Reads one file; undefined where there is none. Refuses with `config`, never quoting what is in it. */
export declare function readDocument(file: string): Promise<Answer<KubeconfigDocument | undefined>>;
/** The folder relative file names of an entry are relative to. */
export declare function folderOf(entry: Entry): string;
