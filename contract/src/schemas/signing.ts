import { type Static, Type } from "typebox";
import { Name, NullableString, Prn, stored } from "./common.ts";

/** What a signature was made over. Only the first two can be installed by the official device agent. */
export const signedMessages = ["hash_hex", "hash_bytes", "content"] as const;
export type SignedMessage = (typeof signedMessages)[number];

export const keyAlgorithms = ["ed25519", "rsa", "ecdsa-p256", "ecdsa-p384", "ecdsa-p521"] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

export const Algorithm = Type.Unsafe<KeyAlgorithm>({ type: "string", enum: keyAlgorithms });

export const SignedMessageName = Type.Unsafe<SignedMessage>({ type: "string", enum: signedMessages });

export const SignatureInput = Type.String({
  minLength: 1,
  maxLength: 16_384,
  description: "Hex or base64; see the guide on signing.",
});

export const SigningKey = Type.Object(
  {
    ...stored,
    name: Type.String(),
    value: Type.String({ description: "The public key as it was sent." }),
    keyid: Type.String({ description: "SHA-256 of the DER SubjectPublicKeyInfo, lowercase hex." }),
    algorithm: Algorithm,
    revoked_at: NullableString,
  },
  { title: "SigningKey" },
);
export type SigningKey = Static<typeof SigningKey>;

export const maxKeyLength = 8192;

const KeyValue = Type.String({
  minLength: 1,
  maxLength: maxKeyLength,
  description: "Base64 of the raw 32-byte Ed25519 public key, or a PEM public key: Ed25519, RSA ≥ 2048, ECDSA.",
});

export const CreateSigningKey = Type.Object({ name: Name, value: KeyValue });
export type CreateSigningKey = Static<typeof CreateSigningKey>;

export const UpdateSigningKey = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(Name),
  value: Type.Optional(KeyValue),
  revoked: Type.Optional(Type.Literal(true, { description: "Revokes the key for good: it signs nothing more." })),
});
export type UpdateSigningKey = Static<typeof UpdateSigningKey>;

export const BinarySignature = Type.Object(
  {
    ...stored,
    binary_prn: Prn,
    signature: Type.String({ description: "Upper-case hex." }),
    signing_key_prn: Prn,
    keyid: Type.String(),
    algorithm: Algorithm,
    signed_message: SignedMessageName,
    device_agent_accepts: Type.Boolean({
      description: "Whether the official device agent can install by this signature: Ed25519 over the hash.",
    }),
  },
  { title: "BinarySignature" },
);
export type BinarySignature = Static<typeof BinarySignature>;

export const CreateBinarySignature = Type.Object({
  binary_prn: Prn,
  signature: SignatureInput,
  signing_key_prn: Type.Optional(Prn),
  signing_key_keyid: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
});
export type CreateBinarySignature = Static<typeof CreateBinarySignature>;
