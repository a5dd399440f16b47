import * as contract from "@open-peridio/contract";
import type { FastifyInstance } from "fastify";
import { acceptContent } from "../http/content-body.ts";
import { linkAuthor } from "../http/link-maker.ts";
import { originOf } from "../http/origin.ts";
import { serve } from "../http/serve.ts";
import { verifyLink } from "../http/signed-links.ts";
import type { Platform } from "../platform.ts";
import { putContent } from "./content.ts";
import { createBinary } from "./create.ts";
import { holdBinary } from "./hold.ts";
import { receivePart } from "./part-content.ts";
import { partLinkRoute } from "./part-link.ts";
import { listParts, putPart } from "./parts.ts";
import { getBinary, listBinaries } from "./record.ts";
import { deleteBinary } from "./remove.ts";
import * as signatures from "./signatures.ts";
import { destroyBinary, updateBinary } from "./update.ts";

export function binaryRoutes(app: FastifyInstance, platform: Platform): void {
  serve(app, contract.createBinary, async ({ principal, body }) => ({
    binary: await createBinary(platform, principal, body),
  }));
  serve(app, contract.listBinaries, async ({ principal, query }) => {
    const { items, nextPage } = await listBinaries(platform, principal, query);
    return { binaries: items, next_page: nextPage };
  });
  serve(app, contract.getBinary, async ({ principal, params }) => ({
    binary: await getBinary(platform, principal, params.prn),
  }));
  serve(app, contract.updateBinary, async ({ principal, params, body }) => ({
    binary: await updateBinary(platform, principal, params.prn, body),
  }));
  serve(app, contract.deleteBinary, async ({ principal, params }) => {
    await deleteBinary(platform, principal, params.prn);
  });
  serve(app, contract.destroyBinary, async ({ principal, params }) => ({
    binary: await destroyBinary(platform, principal, params.prn),
  }));
  serve(app, contract.holdBinary, async ({ principal, params, body }) => ({
    binary: await holdBinary(platform, principal, params.prn, body),
  }));

  serve(app, contract.putBinaryPart, async ({ principal, params, body, request }) => ({
    binary_part: await putPart(platform, principal, params.prn, params.index, body, originOf(request)),
  }));
  serve(app, contract.listBinaryParts, async ({ principal, params }) => ({
    binary_parts: await listParts(platform, principal, params.prn),
    next_page: null,
  }));

  serve(app, contract.createBinarySignature, async ({ principal, body }) => ({
    binary_signature: await signatures.createSignature(platform, principal, body),
  }));
  serve(app, contract.listBinarySignatures, async ({ principal, query }) => {
    const { items, nextPage } = await signatures.listSignatures(platform, principal, query);
    return { binary_signatures: items, next_page: nextPage };
  });
  serve(app, contract.getBinarySignature, async ({ principal, params }) => ({
    binary_signature: await signatures.getSignature(platform, principal, params.prn),
  }));
  serve(app, contract.deleteBinarySignature, async ({ principal, params }) => {
    await signatures.deleteSignature(platform, principal, params.prn);
    return {};
  });

  app.register(async (streams) => contentRoutes(streams, platform));
}

/** Routes whose body is content: streamed, never parsed. */
function contentRoutes(app: FastifyInstance, platform: Platform): void {
  acceptContent(app);

  serve(app, contract.putContent, async ({ principal, params, request }) => ({
    binary: await putContent(platform, principal, params.prn, { headers: request.headers, body: request.raw }),
  }));

  app.put<{ Params: Record<string, string>; Querystring: { token?: string } }>(
    partLinkRoute,
    async (request, reply) => {
      const { params } = request;
      const path = request.url.split("?")[0]!;
      verifyLink(platform.linkKeys, {
        method: "PUT",
        path,
        token: request.query.token,
        now: platform.clock.now(),
      });
      // The path was signed by this server, so its parts are what it wrote.
      const place = {
        organizationId: params.organization!,
        binaryId: params.binary!,
        revision: Number(params.revision),
      };
      const by = linkAuthor(request, place.organizationId, params.maker!);
      const target = { place, by, index: Number(params.index), size: Number(params.size), hash: params.hash! };
      await receivePart(platform, target, { headers: request.headers, body: request.raw });
      return reply.code(200).header("etag", `"${target.hash}"`).send();
    },
  );
}
