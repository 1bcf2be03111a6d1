import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { rules } from "#core/rules/index.ts";
import { actions } from "./actions.ts";
import { completion } from "./completion.ts";
import { documents } from "./documents.ts";
import { file } from "./file.ts";
import { fixAllCommand } from "./fix-all.ts";
import { fixes } from "./fixes.ts";
import { Folders } from "./folders.ts";
import { hover } from "./hover.ts";
import { inlay } from "./inlay.ts";
import { lens } from "./lens.ts";
import { plan } from "./plan.ts";
import { Session } from "./session.ts";

/** Begins to answer everything that the server says it can; the folders are read when the client says that it is ready. */
export function serve(connection: Connection, params: InitializeParams): Folders {
  const session = new Session(connection, rules);
  documents(connection, session, params.initializationOptions?.old === true);
  hover(connection, session);
  completion(connection, session);
  inlay(connection, session);
  lens(connection, session);
  actions(connection, session, params.initializationOptions?.extension === true);
  fixAllCommand(connection, session);
  fixes(connection, session);
  plan(connection, session);
  file(connection, session);
  return new Folders(connection, session, params);
}
