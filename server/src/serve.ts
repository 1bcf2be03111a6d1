import type { Connection, InitializeParams } from "vscode-languageserver";
import { rules } from "#core/rules/index.ts";
import { actions } from "./actions.ts";
import { serveCompletion } from "./completion.ts";
import { documents } from "./documents.ts";
import { serveFile } from "./file.ts";
import { fixAllCommand } from "./fix-all.ts";
import { serveFixes } from "./fixes.ts";
import { Folders } from "./folders.ts";
import { goTo } from "./go-to.ts";
import { hover } from "./hover.ts";
import { inlay } from "./inlay.ts";
import { lens } from "./lens.ts";
import { outline } from "./outline.ts";
import { servePlan } from "./plan.ts";
import { Session } from "./session.ts";
import type { Store } from "./store.ts";

/**
 * Begins to answer everything that the server says it can; the folders are read when the client says that it is ready.
 *
 * @param disk where files are read from; without one those alone that the client tells of
 */
export function serve(connection: Connection, params: InitializeParams, disk?: Store): Folders {
  const session = new Session(connection, rules, disk);
  documents(connection, session, params.initializationOptions?.old === true);
  hover(connection, session);
  serveCompletion(connection, session);
  inlay(connection, session);
  outline(connection, session);
  goTo(connection, session);
  lens(connection, session, params.initializationOptions?.extension === true);
  actions(connection, session, params.initializationOptions?.extension === true);
  fixAllCommand(connection, session);
  serveFixes(connection, session);
  servePlan(connection, session);
  serveFile(connection, session);
  return new Folders(connection, session, params);
}
