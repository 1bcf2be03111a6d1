import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import * as messages from "#core/editor/messages.ts";
import { objectsOfText } from "#core/lint/previous.ts";
import { lostMessage } from "./framing.ts";
import { nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { sentRecord } from "./settings.ts";

/** Documents come, change, are saved and go. `asksOld`: the client knows the files as they are in git HEAD. */
export function documents(connection: Connection, session: Session, asksOld: boolean): void {
  const compare = async (uri: string): Promise<void> => {
    if (!asksOld) return;
    const name = nameOf(uri);
    try {
      const { text } = sentRecord(await connection.sendRequest(messages.old.method, { uri }));
      if (!session.isOpen(name)) return;
      session.preferences.setOld(name, typeof text === "string" ? objectsOfText(text) : []);
      session.recheck(name);
    } catch (error) {
      connection.console.warn(`${name} is not compared with git HEAD: ${String(error)}`);
    }
  };
  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    session.open(uri, version, text);
    void compare(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    session.change(uri, version, contentChanges),
  );
  // Between two saves there may have been a commit.
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => void compare(uri));
  connection.onNotification(lostMessage, () => {
    if (!session.lose()) return;
    const message =
      "kube-ipv6 could not read a message of the editor, and says nothing of an open file until it is opened again.";
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => session.close(uri));
}
