import { flushCompileCache } from "node:module";
import type { InitializeParams, MessageStrategy } from "vscode-languageserver/node";
import { capabilities } from "./capabilities.ts";
import { Disk } from "./disk.ts";
import type { Folders } from "./folders.ts";
import { connectionToParent } from "./stdio.ts";

let serving: Promise<Folders> | undefined;
let ready = false;

/** What comes before the handlers are there waits for them, in its order. */
const messageStrategy: MessageStrategy = {
  handleMessage: (message, next) => (serving && !ready ? serving.then(() => next(message)) : next(message)),
};

const connection = connectionToParent({ messageStrategy });

connection.onInitialize((params) => {
  serving = load(params);
  // A client that hears nothing more should find out why.
  serving.catch((error) => connection.console.error(`kube-ipv6: the session could not begin: ${error}`));
  return { serverInfo: { name: "kube-ipv6" }, capabilities };
});
connection.onInitialized(async () => {
  // Editors end a server without asking, so that what was compiled is kept as soon as there is a quiet moment.
  setTimeout(flushCompileCache, 3000).unref();
  await (await serving?.catch(() => undefined))?.initialized();
});

connection.listen();

/** The rules take longer to load than the answer to be written, which does not need them. */
async function load(params: InitializeParams): Promise<Folders> {
  await new Promise((answered) => setTimeout(answered, 1));
  const { serve } = await import("./serve.ts");
  const folders = serve(connection, params, new Disk());
  ready = true;
  return folders;
}
