import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { findIn, readKernelQueues, writtenAddress } from "./kernel-queues.ts";

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   1: 0100007F:1004 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 18150 1 00000000aed1a06b 100 0 0 10 0
   3: 0100007F:1004 0100007F:DDA0 01 000003E0:00000007 01:00000014 00000000     0        0 17328 3 0000000025d7e38f 21 4 1 18 -1
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000100007F:1004 0000000000000000FFFF00000100007F:A1B2 01 00270000:00000000 01:00000014 00000000     0        0 1 1
`;
const socket = (localAddress: string, localPort: number, remoteAddress: string, remotePort: number) =>
  ({ localAddress, localPort, remoteAddress, remotePort }) as Socket;

describe("the kernel's table of connections", () => {
  it("tells the queues of a connection", () => {
    const queuesOf = findIn(table, true);
    expect(queuesOf(socket("127.0.0.1", 0x1004, "127.0.0.1", 0xdda0))).toEqual({ unacknowledged: 0x3e0, unread: 7 });
    expect(queuesOf(socket("::ffff:127.0.0.1", 0x1004, "::ffff:127.0.0.1", 0xa1b2))).toEqual({
      unacknowledged: 0x270000,
      unread: 0,
    });
    expect(queuesOf(socket("127.0.0.1", 0x1004, "127.0.0.1", 1))).toBeUndefined();
    expect(queuesOf({} as Socket)).toBeUndefined();
  });

  it.each([
    ["127.0.0.1", "0100007F", "7F000001"],
    ["::1", "00000000000000000000000001000000", "00000000000000000000000000000001"],
    ["::", "0".repeat(32), "0".repeat(32)],
    ["2001:db8::8:800:200c:417a", "B80D012000000000000808007A410C20", "20010DB80000000000080800200C417A"],
    ["::ffff:10.1.2.3", "0000000000000000FFFF00000302010A", "00000000000000000000FFFF0A010203"],
    ["fe80::1%eth0", "000080FE000000000000000001000000", "FE800000000000000000000000000001"],
  ])("writes %s as %s, or %s where the highest byte comes first", (address, little, big) => {
    expect(writtenAddress(address, true)).toBe(little);
    expect(writtenAddress(address, false)).toBe(big);
  });

  it.runIf(process.platform === "linux").each(["127.0.0.1", "::1", "::"])(
    "has real connections to %s",
    async (host) => {
      const server = createServer({ pauseOnConnect: true }).listen(0, host);
      await once(server, "listening");
      const client = connect((server.address() as AddressInfo).port, host === "::" ? "127.0.0.1" : host);
      const [accepted] = (await once(server, "connection")) as [Socket];
      client.write("12345");
      await expect
        .poll(async () => (await readKernelQueues())(accepted), { timeout: 5000 })
        .toEqual({ unacknowledged: 0, unread: 5 });
      client.destroy();
      accepted.destroy();
      server.close();
    },
  );
});
