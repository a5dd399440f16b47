import { useQueries } from "@tanstack/react-query";
import { oneOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";

/** Members that a page looks up; a bundle may have a thousand, of which nobody reads all. */
export const mostMembers = 100;

/** A binary with what it is called: the artifact and the version that it is the content of. */
export interface Member {
  prn: string;
  binary?: Resources["binaries"] | undefined;
  version?: Resources["artifact_versions"] | undefined;
  artifact?: Resources["artifacts"] | undefined;
}

/** Looks up binaries and what they belong to; each appears as soon as it is known. */
export function useMembers(prns: string[]): Member[] {
  const binaries = useEach("binaries", prns);
  const versions = useEach(
    "artifact_versions",
    [...binaries.values()].map((binary) => binary.artifact_version_prn),
  );
  const artifacts = useEach(
    "artifacts",
    [...versions.values()].map((version) => version.artifact_prn),
  );
  return prns.map((prn) => {
    const binary = binaries.get(prn);
    const version = binary && versions.get(binary.artifact_version_prn);
    return { prn, binary, version, artifact: version && artifacts.get(version.artifact_prn) };
  });
}

function useEach<R extends "binaries" | "artifact_versions" | "artifacts">(resource: R, prns: string[]) {
  const answers = useQueries({ queries: [...new Set(prns)].map((prn) => oneOf(resource, prn)) });
  const found = answers.flatMap(({ data }) => (data ? [data as Resources[R]] : []));
  return new Map(found.map((item) => [item.prn, item]));
}
