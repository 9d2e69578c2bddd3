// Node's `ws`, as its own documentation broadcasts.
const { WebSocketServer, WebSocket } = require("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, backlog: 4096 });
server.on("connection", (member) => {
  member.on("message", (words) => {
    for (const other of server.clients) {
      if (other.readyState === WebSocket.OPEN) other.send(words, { binary: false });
    }
  });
});
server.on("listening", () => console.log(server.address().port));
