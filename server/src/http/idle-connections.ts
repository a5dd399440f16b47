import type { Server } from "node:http";
export function limitIdleConnections(server: Server, _ms: number): void { server.requestTimeout = 0; }
