import { describe, expect, it } from "vitest";
import { readAzureUrl } from "./azure/settings.ts";
import { readGoogleUrl } from "./google/settings.ts";
import { readS3Url } from "./s3/settings.ts";

describe("the address of a store", () => {
  it("tells bucket, prefix and options", () => {
    const url =
      "s3://firmware/some/prefix/?region=eu-central-1&endpoint=http://127.0.0.1:9000&sse=aws:kms&kms_key=k&timeout=5";
    expect(readS3Url(url)).toMatchObject({
      bucket: "firmware",
      prefix: "some/prefix/",
      region: "eu-central-1",
      endpoint: "http://127.0.0.1:9000",
      pathStyle: true,
      encryption: "aws:kms",
      kmsKey: "k",
      timeout: 5,
    });
    expect(readS3Url("s3://firmware")).toMatchObject({ prefix: "", endpoint: null, pathStyle: false, checksums: true });
  });

  it.each([
    ["s3://", "must look like s3://NAME/PREFIX?OPTION=VALUE; got 's3://'"],
    ["s3://key:secret@firmware", "must not have credentials in it: they would be seen wherever it is"],
    ["s3://firmware?regoin=x", "has an unknown option 'regoin'; it can have region, endpoint"],
    ["s3://firmware?sse=rot13", "has sse=rot13, which must be one of AES256, aws:kms, aws:kms:dsse"],
    ["s3://firmware?kms_key=k", "has kms_key=k, which needs sse=aws:kms"],
    ["s3://firmware?external_id=x", "has external_id=x, which needs role_arn"],
    ["s3://firmware?endpoint=ftp://x", "has endpoint=ftp://x, which must be an http:// or https:// address"],
    ["s3://firmware?timeout=0", "has timeout=0, which must be a whole number from 1 to 3600"],
    ["s3://firmware?path_style=yes", "has path_style=yes, which must be one of true, false"],
  ])("%s is refused with a reason", (url, reason) => {
    expect(() => readS3Url(url)).toThrow(reason);
  });

  it("takes Azure's account and key from where its tools look", () => {
    const connection =
      "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5PT0=;BlobEndpoint=https://acme.example.com";
    const read = readAzureUrl("azblob://firmware", { AZURE_STORAGE_CONNECTION_STRING: connection });
    expect(read).toMatchObject({ account: "acme", key: "a2V5PT0=", endpoint: "https://acme.example.com", prefix: "" });
    expect(readAzureUrl("azblob://firmware?account=acme", {})).toMatchObject({
      key: null,
      endpoint: "https://acme.blob.core.windows.net",
    });
    expect(() => readAzureUrl("azblob://firmware", {})).toThrow("set AZURE_STORAGE_ACCOUNT");
  });

  it("asks for Google's HMAC key", () => {
    expect(() => readGoogleUrl("gs://firmware", {})).toThrow("gcloud storage hmac create");
    const keys = { GS_ACCESS_KEY_ID: "a", GS_SECRET_ACCESS_KEY: "b" };
    expect(readGoogleUrl("gs://firmware/p", keys)).toMatchObject({
      prefix: "p/",
      endpoint: "https://storage.googleapis.com",
    });
  });
});
