import { randomBytes } from "node:crypto";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bucket, type ObjectServer, s3Keys, startS3 } from "../../../../e2e/support/s3-server.ts";
import { archiveClassOf, changingClasses } from "./classes.ts";
import { makeClient } from "./client.ts";
import { readS3Url, type S3Settings } from "./settings.ts";

const mebibyte = 1_048_576;

let server: ObjectServer;
let settings: S3Settings;

beforeAll(async () => {
  server = await startS3();
  const url = `s3://${bucket}?endpoint=${server.endpoint}&archive_storage_class=STANDARD_IA`;
  settings = { ...readS3Url(url), credentials: s3Keys };
});
afterAll(() => server.stop());

it("what is too large for one copy is copied onto itself by parts, and is the same then", async () => {
  const client = makeClient(settings, settings.endpoint);
  const [Key, Body] = ["a place/with a file", randomBytes(12 * mebibyte + 1)];
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  const classes = changingClasses(client, settings, {}, { whole: 8 * mebibyte, part: 5 * mebibyte });
  await classes.archive(Key, Body.length);
  const copied = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
  expect(copied.ETag).toMatch(/-3"$/);
  expect(Buffer.from(await copied.Body!.transformToByteArray()).equals(Body)).toBe(true);
  client.destroy();
});

it("knows from which classes nothing can be read", () => {
  const read = (name: string) => archiveClassOf(readS3Url(`s3://b?archive_storage_class=${name}`));
  expect(read("GLACIER_IR")).toEqual({ name: "GLACIER_IR", readable: true });
  expect(read("DEEP_ARCHIVE")).toEqual({ name: "DEEP_ARCHIVE", readable: false });
  expect(() => read("glacier")).toThrow("must be one of STANDARD_IA");
  expect(archiveClassOf(readS3Url("s3://b"))).toBeNull();
});
