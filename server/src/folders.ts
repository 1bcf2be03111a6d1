import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
} from "vscode-languageserver";
import * as messages from "#core/editor/messages.ts";
import { soughtGlobs } from "#core/manifest/program-file.ts";
import { isPlaced, nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { meantFor, readSettings, sentRecord, toldFilesIn } from "./settings.ts";

/** The folders that are open, the files in them, and the settings that hold there. */
export class Folders {
  readonly #connection: Connection;
  readonly #session: Session;
  #uris: readonly string[];
  readonly #pulls: boolean;
  readonly #registers: boolean;
  readonly #follows: boolean;

  constructor(
    connection: Connection,
    session: Session,
    { capabilities: { workspace }, workspaceFolders, initializationOptions }: InitializeParams,
  ) {
    this.#connection = connection;
    this.#session = session;
    this.#uris = urisIn(workspaceFolders);
    this.#pulls = workspace?.configuration === true;
    this.#registers = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    this.#follows = workspace?.workspaceFolders === true;
    if (initializationOptions?.settings) session.preferences.set(readSettings(initializationOptions.settings));
    connection.onDidChangeConfiguration(({ settings }) => this.#configure(settings));
    connection.onDidChangeWatchedFiles(({ changes }) => session.changedOnDisk(changes.map(({ uri }) => nameOf(uri))));
    connection.onNotification(messages.files.method, (sent: unknown) => session.told(toldFilesIn(sent)));
    connection.onNotification(messages.beside.method, (sent: unknown) => {
      const { duplicateKeys, values } = sentRecord(sent);
      session.preferences.setBeside({ duplicateKeys: duplicateKeys === true, values: values === true });
      session.reconfigure();
    });
    connection.onNotification(messages.cluster.method, (live: unknown) => {
      session.preferences.setLive(meantFor(live));
      session.reconfigure();
    });
  }

  async initialized(): Promise<void> {
    const { client } = this.#connection;
    if (this.#follows)
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = urisIn(removed);
        this.#uris = [...this.#uris.filter((uri) => !gone.includes(uri)), ...urisIn(added)];
        void this.#read();
      });
    if (this.#pulls) void client.register(DidChangeConfigurationNotification.type, { section: "kube-ipv6" });
    if (this.#registers)
      void client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: `**/{${["*.yaml", "*.yml", "Kustomization", ...soughtGlobs].join(",")}}` }],
      });
    await this.#read();
  }

  /** The settings first, so that nothing is said that has to be taken back. */
  async #read(): Promise<void> {
    await this.#pull();
    this.#session.watch(this.#uris.map(nameOf).filter(isPlaced));
  }

  #configure(settings: unknown): void {
    if (this.#pulls) {
      void this.#pull();
      return;
    }
    this.#session.preferences.set(readSettings(settings));
    this.#session.reconfigure();
  }

  async #pull(): Promise<void> {
    if (!this.#pulls) return;
    // The version that Red Hat's YAML takes its schemas for counts where ours is not set.
    const items = [
      { section: "yaml" },
      { section: "kube-ipv6" },
      ...this.#uris.map((scopeUri) => ({ scopeUri, section: "kube-ipv6" })),
    ];
    try {
      const [yaml, everywhere, ...each] = await this.#connection.workspace.getConfiguration(items);
      this.#session.preferences.set(readSettings(everywhere, yaml));
      for (const [index, settings] of each.entries())
        this.#session.preferences.set(readSettings(settings, yaml), nameOf(this.#uris[index] ?? ""));
    } catch (error) {
      this.#connection.console.warn(`the settings cannot be read: ${String(error)}`);
    }
    this.#session.reconfigure();
  }
}

/** Of what a client sends as folders those that have a URI: some send an object for none. */
function urisIn(folders: unknown): readonly string[] {
  return (Array.isArray(folders) ? folders : []).map((folder) => folder?.uri).filter((uri) => typeof uri === "string");
}
