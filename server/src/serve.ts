import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { rules } from "#core/rules/index.ts";
import { actions } from "./actions.ts";
import { serveCompletion } from "./completion.ts";
import { documents } from "./documents.ts";
import { serveFile } from "./file.ts";
import { fixAllCommand } from "./fix-all.ts";
import { serveFixes } from "./fixes.ts";
import { Folders } from "./folders.ts";
import { hover } from "./hover.ts";
import { inlay } from "./inlay.ts";
import { lens } from "./lens.ts";
import { servePlan } from "./plan.ts";
import { Session } from "./session.ts";

/** Begins to answer everything that the server says it can; the folders are read when the client says that it is ready. */
export function serve(connection: Connection, params: InitializeParams): Folders {
  const session = new Session(connection, rules);
  documents(connection, session, params.initializationOptions?.old === true);
  hover(connection, session);
  serveCompletion(connection, session);
  inlay(connection, session);
  lens(connection, session);
  actions(connection, session, params.initializationOptions?.extension === true);
  fixAllCommand(connection, session);
  serveFixes(connection, session);
  servePlan(connection, session);
  serveFile(connection, session);
  return new Folders(connection, session, params);
}
