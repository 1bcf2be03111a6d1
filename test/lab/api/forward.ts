import { connect, createServer } from "node:net";

/**
 * The API server's address inside the cluster: port 6443 of the first node, passed on to the API's Unix socket. A process of
 * its own because a socket belongs to the network namespace it is opened in. Ends with the process that started it.
 */
const path = process.argv[2] ?? "";
process.on("disconnect", () => process.exit(0));

createServer((client) => {
  const server = connect(path);
  client.pipe(server).pipe(client);
  client.on("error", () => server.destroy());
  server.on("error", () => client.destroy());
}).listen(6443, "::", () => process.send?.("listening"));
