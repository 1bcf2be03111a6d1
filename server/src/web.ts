import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { capabilities } from "./capabilities.ts";
import type { Folders } from "./folders.ts";
import { serve } from "./serve.ts";

/** The server in a worker of a browser: it has no disk, and knows of files what the client tells. */
const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

// Browsers have no setImmediate, and a timer is held back for 4 ms after a few of its kind: a message of one's own comes in the next turn.
const { port1: inbox, port2: outbox } = new MessageChannel();
const waiting: (() => void)[] = [];
inbox.addEventListener("message", () => waiting.shift()?.());
inbox.start();
globalThis.setImmediate ??= ((act: () => void) => {
  waiting.push(act);
  outbox.postMessage(undefined);
}) as unknown as typeof setImmediate;

const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
let folders: Folders | undefined;

connection.onInitialize((params) => {
  folders = serve(connection, params);
  return { serverInfo: { name: "kube-ipv6" }, capabilities };
});
connection.onInitialized(() => folders?.initialized());

connection.listen();
