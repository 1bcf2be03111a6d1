// Listens on port 9000 of every address, and dials what comes as lines of JSON: [id, host, port, source]. Answers [id, "open" or an errno].
import net from "node:net";
import { createInterface } from "node:readline";

net
  .createServer((socket) => socket.on("error", () => {}).end())
  .listen(9000, "::", () => console.log(JSON.stringify(["listening"])));
for await (const line of createInterface({ input: process.stdin })) {
  const [id, host, port, localAddress] = JSON.parse(line);
  const socket = net.connect({ host, port, ...(localAddress ? { localAddress } : {}) });
  const say = (what) => {
    socket.destroy();
    console.log(JSON.stringify([id, what]));
  };
  socket.once("connect", () => say("open"));
  socket.once("error", (error) => say(error.code));
}
process.exit(0);
