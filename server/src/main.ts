import { flushCompileCache } from "node:module";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { rules } from "#core/rules/index.ts";
import { actions } from "./actions.ts";
import { completion } from "./completion.ts";
import { documents } from "./documents.ts";
import { fixAllCommand } from "./fix-all.ts";
import { Folders } from "./folders.ts";
import { hover } from "./hover.ts";
import { inlay } from "./inlay.ts";
import { lens } from "./lens.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";

const connection = createConnection(ProposedFeatures.all);
const session = new Session(connection, rules);
const folders = new Folders(connection, session);
let asksOld = false;

const capabilities = [
  documents(connection, session, () => asksOld),
  hover(connection, session),
  completion(connection, session),
  inlay(connection, session),
  lens(connection, session),
  actions(connection, session),
  fixAllCommand(connection, session),
  plan(connection, session),
];

connection.onInitialize((params) => {
  asksOld = params.initializationOptions?.old === true;
  return {
    serverInfo: { name: "kube-ipv6" },
    capabilities: Object.assign({}, ...capabilities, folders.initialize(params)),
  };
});
connection.onInitialized(async () => {
  // Editors end a server without asking, so that what was compiled is kept as soon as there is a quiet moment.
  setTimeout(flushCompileCache, 3000).unref();
  await folders.initialized();
});

connection.listen();
