import { type Static, Type } from "typebox";
import { archivable, CustomMetadata, Description, Name, NullableString, Prn, stored, Uuid } from "./common.ts";
import { NullableHold } from "./hold.ts";

export const Artifact = Type.Object(
  {
    ...stored,
    ...archivable,
    hold: NullableHold,
    name: Type.String(),
    description: NullableString,
    custom_metadata: CustomMetadata,
  },
  { title: "Artifact" },
);
export type Artifact = Static<typeof Artifact>;

export const CreateArtifact = Type.Object({
  id: Type.Optional(Uuid),
  name: Name,
  description: Type.Optional(Description),
  custom_metadata: Type.Optional(CustomMetadata),
});
export type CreateArtifact = Static<typeof CreateArtifact>;

export const UpdateArtifact = Type.Object({
  prn: Type.Optional(Prn),
  name: Type.Optional(Name),
  archived: Type.Optional(Type.Boolean()),
  description: Type.Optional(Description),
  custom_metadata: Type.Optional(CustomMetadata),
});
export type UpdateArtifact = Static<typeof UpdateArtifact>;

export const ArtifactVersion = Type.Object(
  {
    ...stored,
    ...archivable,
    artifact_prn: Prn,
    version: Type.String(),
    description: NullableString,
    custom_metadata: CustomMetadata,
  },
  { title: "ArtifactVersion" },
);
export type ArtifactVersion = Static<typeof ArtifactVersion>;

export const CreateArtifactVersion = Type.Object({
  id: Type.Optional(Uuid),
  artifact_prn: Prn,
  version: Name,
  description: Type.Optional(Description),
  custom_metadata: Type.Optional(CustomMetadata),
});
export type CreateArtifactVersion = Static<typeof CreateArtifactVersion>;

export const UpdateArtifactVersion = Type.Object({
  prn: Type.Optional(Prn),
  archived: Type.Optional(Type.Boolean()),
  description: Type.Optional(Description),
  custom_metadata: Type.Optional(CustomMetadata),
});
export type UpdateArtifactVersion = Static<typeof UpdateArtifactVersion>;
