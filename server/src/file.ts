import type { Connection } from "vscode-languageserver";
import * as messages from "#core/editor/messages.ts";
import { withRuleOff } from "#core/lint/rule-off.ts";
import type { Resource } from "#core/manifest/resource.ts";
import { answer } from "./answer.ts";
import { nameOf, uriOf } from "./names.ts";
import type { Session } from "./session.ts";
import { sentRecord } from "./settings.ts";

/** What the extension asks about a document, and about its settings. */
export function serveFile(connection: Connection, session: Session): void {
  answer(connection, messages.file, (params) => {
    const uri = String(sentRecord(params).uri);
    const name = nameOf(uri);
    const { cluster, kubernetes } = session.preferences.meant(name);
    const { config, ...by } = session.preferences.meantBy(name);
    const documents = session.file(uri)?.documents ?? [];
    const isObject = ({ root }: Resource) => root.get("apiVersion")?.text !== undefined;
    return {
      manifest:
        documents.some(({ resources }) => resources.some(isObject)) ||
        session.check(uri).some(({ findings }) => findings.length > 0),
      cluster,
      kubernetes: `1.${kubernetes}`,
      ...by,
      ...(config === undefined ? {} : { config: uriOf(config) }),
    };
  });
  answer(connection, messages.ruleOff, (params) => {
    const { text, rule } = sentRecord(params);
    const changed = withRuleOff(String(text ?? ""), String(rule));
    return changed === undefined ? null : { text: changed };
  });
}
