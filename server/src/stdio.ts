import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  ProposedFeatures,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { MessageStream } from "./message-stream.ts";

/**
 * A connection to who started this process. The library makes it, of what the arguments say: over the standard streams alone there
 * are bytes that may be no message, and read by {@link MessageStream}.
 */
export function connectionToParent(options: ConnectionOptions): Connection {
  if (!process.argv.includes("--stdio")) return createConnection(ProposedFeatures.all, options);
  const writer = new StreamMessageWriter(process.stdout);
  const connection = createConnection(ProposedFeatures.all, new MessageStream(process.stdin, writer), writer, options);
  // What is printed would be taken for a message.
  console.log = console.info = console.debug = console.error;
  let left = false;
  connection.onShutdown(() => {
    left = true;
  });
  process.stdin.on("close", () => process.exit(left ? 0 : 1));
  return connection;
}
