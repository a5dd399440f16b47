import { expect, it } from "vitest";
import { signDelivery } from "./signature.ts";

/** The vector of the official webhooks reference. */
const secret = Buffer.from("B284A51B143841695B2D7BF3B8554731", "hex");
const publishedAt = "2000-01-01T00:00:00Z";
const body =
  '{"version":1,"prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:event:a727838c-0195-4ccf-8258-cebf4608db8e","type":"device","inserted_at":"2023-09-14T20:23:30Z","data":{"type":"release_changed","data":{"device":{"identifier":"SN1337","prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:device:a2edbb76-5f44-4202-860d-74a8c17d65aa"},"from_release":{"prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:release:499b64fb-1420-4f58-8c73-e5497e1f531e","version":"1.0.0"},"to_release":{"prn":"prn:1:4e33149b-637d-4679-b64f-4905e7a0cf8c:release:f456986f-1a2f-4d73-8f70-96ff05a6bce7","version":"2.0.0"}}}}';

it("signs the official vector in both ways", () => {
  expect(signDelivery([secret], publishedAt, body)).toBe(
    "9B0C6E59201DCE3B936D849922DE87B3AB616A16046755421C0280C7A524C6AB," +
      "FC825FCAA2E4C2688F075144105B75C2943D8B88AC4B5FAB134F2676A63FB6EF",
  );
});

it("signs with both secrets while one is rolled", () => {
  const values = signDelivery([Buffer.alloc(16, 1), secret], publishedAt, body).split(",");
  expect(values).toHaveLength(4);
  expect(values.slice(2).join(",")).toBe(signDelivery([secret], publishedAt, body));
});
