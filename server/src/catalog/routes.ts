import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { serve } from "../http/serve.ts";
import type { Platform } from "../platform.ts";
import * as versions from "./artifact-versions.ts";
import * as artifacts from "./artifacts.ts";

export function catalogRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createArtifact, async ({ principal, body }) => ({
    artifact: await artifacts.createArtifact(platform, principal, body),
  }));
  serve(app, contract.listArtifacts, async ({ principal, query }) => {
    const { items, nextPage } = await artifacts.listArtifacts(platform, principal, query);
    return { artifacts: items, next_page: nextPage };
  });
  serve(app, contract.getArtifact, async ({ principal, params }) => ({
    artifact: await artifacts.getArtifact(platform, principal, params.prn),
  }));
  serve(app, contract.updateArtifact, async ({ principal, params, body }) => ({
    artifact: await artifacts.updateArtifact(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteArtifact, async ({ principal, params }) => {
    await artifacts.deleteArtifact(platform, principal, params.prn);
  });
  serve(app, contract.holdArtifact, async ({ principal, params, body }) => ({
    artifact: await artifacts.holdArtifact(platform, principal, params.prn, body),
  }));

  serve(app, contract.createArtifactVersion, async ({ principal, body }) => ({
    artifact_version: await versions.createArtifactVersion(platform, principal, body),
  }));
  serve(app, contract.listArtifactVersions, async ({ principal, query }) => {
    const { items, nextPage } = await versions.listArtifactVersions(platform, principal, query);
    return { artifact_versions: items, next_page: nextPage };
  });
  serve(app, contract.getArtifactVersion, async ({ principal, params }) => ({
    artifact_version: await versions.getArtifactVersion(platform, principal, params.prn),
  }));
  serve(app, contract.updateArtifactVersion, async ({ principal, params, body }) => ({
    artifact_version: await versions.updateArtifactVersion(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteArtifactVersion, async ({ principal, params }) => {
    await versions.deleteArtifactVersion(platform, principal, params.prn);
  });
}
