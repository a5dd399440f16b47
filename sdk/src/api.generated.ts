// Made by `npm run generate` from the contract; not edited by hand.

export interface paths {
    "/api_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List api keys
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`, `-`|string|
         *
         *     Needs the scope `admin`.
         */
        get: operations["list-api-keys"];
        put?: never;
        /**
         * Create an API key
         * @description The answer is the only place where the key's value is ever shown.
         *
         *     Needs the scope `admin`.
         */
        post: operations["create-an-api-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api_keys/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an api key
         * @description Needs the scope `admin`.
         */
        get: operations["retrieve-an-api-key"];
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description Needs the scope `admin`.
         */
        delete: operations["delete-an-api-key"];
        options?: never;
        head?: never;
        /**
         * Rename or revoke an API key
         * @description Needs the scope `admin`.
         */
        patch: operations["update-an-api-key"];
        trace?: never;
    };
    "/api_keys/{prn}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key a new value
         * @description Name, scopes and PRN stay. The old value goes on for `overlap_seconds`, a day when left out. The answer is the only place where the new value is ever shown.
         *
         *     Needs the scope `admin`.
         */
        post: operations["rotate-an-api-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifact_versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List artifact versions
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`archived`|`:`|boolean or 'any'|
         *     |`artifact_prn`|`:`|prn|
         *     |`description`|`:`, `~`|string|
         *     |`version`|`:`, `~`|string|
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["list-artifact-versions"];
        put?: never;
        /**
         * Create an artifact version
         * @description Needs the scope `binaries:write`.
         */
        post: operations["create-an-artifact-version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifact_versions/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an artifact version
         * @description Needs the scope `binaries:read`.
         */
        get: operations["retrieve-an-artifact-version"];
        put?: never;
        post?: never;
        /**
         * Delete an artifact version
         * @description Only while it has no binaries; otherwise 409.
         *
         *     Needs the scope `binaries:write`.
         */
        delete: operations["delete-an-artifact-version"];
        options?: never;
        head?: never;
        /**
         * Update an artifact version
         * @description Needs the scope `binaries:write`.
         */
        patch: operations["update-an-artifact-version"];
        trace?: never;
    };
    "/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List artifacts
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`archived`|`:`|boolean or 'any'|
         *     |`name`|`:`, `~`, `-`|string|
         *     |`description`|`:`, `~`|string|
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["list-artifacts"];
        put?: never;
        /**
         * Create an artifact
         * @description Needs the scope `binaries:write`.
         */
        post: operations["create-an-artifact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an artifact
         * @description Needs the scope `binaries:read`.
         */
        get: operations["retrieve-an-artifact"];
        put?: never;
        post?: never;
        /**
         * Delete an artifact
         * @description Only while it has no versions; otherwise 409.
         *
         *     Needs the scope `binaries:write`.
         */
        delete: operations["delete-an-artifact"];
        options?: never;
        head?: never;
        /**
         * Update an artifact
         * @description Needs the scope `binaries:write`.
         */
        patch: operations["update-an-artifact"];
        trace?: never;
    };
    "/artifacts/{prn}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold all content of an artifact until a date
         * @description Also what is added later. A hold can be prolonged, and neither shortened nor taken back.
         *
         *     Needs the scope `admin`.
         */
        post: operations["hold-an-artifact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{prn}/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve the retention rule of an artifact
         * @description Needs the scope `binaries:read`.
         */
        get: operations["retrieve-a-retention-rule"];
        /**
         * Set the retention rule of an artifact
         * @description In the place of the one before. `keep_last` or `keep_days` is needed. While it isn't `enabled` it is only applied on demand.
         *
         *     Needs the scope `binaries:destroy`.
         */
        put: operations["set-a-retention-rule"];
        post?: never;
        /**
         * Delete the retention rule of an artifact
         * @description Needs the scope `binaries:destroy`.
         */
        delete: operations["delete-a-retention-rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{prn}/retention/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do what a retention rule says, a hundred binaries at a time
         * @description Also of a rule that isn't enabled. The oldest go first; `more` says whether to call it again.
         *
         *     Needs the scope `binaries:destroy`.
         */
        post: operations["apply-a-retention-rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{prn}/retention/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a retention rule would do now
         * @description Every verified binary of the artifact, newest first, what becomes of it, and why it is kept. Nothing is changed.
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["retrieve-a-retention-plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit_logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit logs
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`sequence`|`:`, `>`, `>=`, `<`, `<=`|integer|
         *     |`actor_prn`|`:`|string|
         *     |`actor_name`|`:`, `~`, `-`|string|
         *     |`resource_prn`|`:`|string|
         *     |`type`|`:`|string|
         *     |`subtype`|`:`|string|
         *     |`result`|`:`|string|
         *     |`address`|`:`|string|
         *     |`user_agent`|`:`, `~`, `-`|string|
         *     |`request_id`|`:`|string|
         *
         *     Needs the scope `audit:read`.
         */
        get: operations["list-audit-logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit_logs/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an audit log
         * @description Needs the scope `audit:read`.
         */
        get: operations["retrieve-an-audit-log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit_logs/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the trail
         * @description In order of `sequence`. NDJSON: an audit log a line, and in the last line `audit_head`, which `peridio audit verify` checks without the server. CSV: for spreadsheets, without a head.
         *
         *     **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`sequence`|`:`, `>`, `>=`, `<`, `<=`|integer|
         *     |`actor_prn`|`:`|string|
         *     |`actor_name`|`:`, `~`, `-`|string|
         *     |`resource_prn`|`:`|string|
         *     |`type`|`:`|string|
         *     |`subtype`|`:`|string|
         *     |`result`|`:`|string|
         *     |`address`|`:`|string|
         *     |`user_agent`|`:`, `~`, `-`|string|
         *     |`request_id`|`:`|string|
         *
         *     Needs the scope `audit:read`.
         */
        get: operations["export-audit-logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit_logs/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the trail ends now, signed by the server
         * @description Kept elsewhere, it proves later that nothing up to it was changed or removed.
         *
         *     Needs the scope `audit:read`.
         */
        get: operations["retrieve-audit-head"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List binaries
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`archived`|`:`|boolean or 'any'|
         *     |`artifact_version_prn`|`:`|prn|
         *     |`content_store_prn`|`:`|prn|
         *     |`organization_prn`|`:`|prn|
         *     |`description`|`:`, `~`|string|
         *     |`hash`|`:`|string|
         *     |`quarantined`|`:`|boolean|
         *     |`size`|`:`, `>`, `>=`, `<`, `<=`|integer|
         *     |`state`|`:`|string|
         *     |`target`|`:`, `~`|string|
         *     |`custom_metadata.KEY`|`:`, `~`, `-`|any|
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["list-binaries"];
        put?: never;
        /**
         * Create a binary
         * @description Creates the record. `hash` and `size` may follow later; both are needed before `hashable`. With `reuse_content` and both it is `signable` at once where the organization holds that content already.
         *
         *     Needs the scope `binaries:write`.
         */
        post: operations["create-a-binary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a binary
         * @description Needs the scope `binaries:read`.
         */
        get: operations["retrieve-a-binary"];
        put?: never;
        post?: never;
        /**
         * Delete a binary
         * @description Removes record and content, only while it isn't signed or destroyed; otherwise 409.
         *
         *     Needs the scope `binaries:write`.
         */
        delete: operations["delete-a-binary"];
        options?: never;
        head?: never;
        /**
         * Update a binary
         * @description A change of `hash` or `size` drops what was uploaded; so does `state: uploadable`.
         *
         *     Needs the scope `binaries:write`.
         */
        patch: operations["update-a-binary"];
        trace?: never;
    };
    "/binaries/{prn}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the whole content in one request
         * @description Hashed while it streams; ends in `signable` when size and hash fit. `Content-Digest` and `x-amz-checksum-sha256` are checked when they are sent.
         *
         *     Needs the scope `binaries:write`.
         */
        put: operations["upload-binary-content"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/destroy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Destroy a binary
         * @description Deletes the content for good. The record and its history stay.
         *
         *     Needs the scope `binaries:destroy`.
         */
        post: operations["destroy-a-binary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/download_url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Make a time-limited download link
         * @description Only for content that is verified: `signable` or `signed`. `urls` has a link for each origin, in the order in which to try them; `download_url` is the first. The headers `peridio-region` and `peridio-origins`, the names of origins with the fastest first, change the order.
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["retrieve-a-binary-download-url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold the content of a binary until a date
         * @description Nobody can destroy, reset or delete it before. A hold can be prolonged, and neither shortened nor taken back.
         *
         *     Needs the scope `admin`.
         */
        post: operations["hold-a-binary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List binary parts
         * @description All parts in one answer, by index.
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["list-binary-parts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/parts/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Create a binary part
         * @description Answers with a link to which the bytes of the part are PUT. Repeating the call renews the link.
         *
         *     Needs the scope `binaries:write`.
         */
        put: operations["create-a-binary-part"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who downloaded a binary, and how much
         * @description From the interval that `from` lies in to the one before `to`; by default the last 30 days, or the last 24 hours with `interval=hour`. At most 366 days, 31 by the hour, and 10000 entries.
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["retrieve-binary-statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binaries/{prn}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What uses a binary?
         * @description Bundles, releases and overrides that hold it, and how many devices they reach: to be looked at before it is destroyed.
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["retrieve-binary-usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binary_signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List binary signatures
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`binary_prn`|`:`|prn|
         *     |`signing_key_prn`|`:`|prn|
         *     |`keyid`|`:`|string|
         *     |`signature`|`:`|string|
         *     |`signature.signing_key.keyid`|`:`|string|
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["list-binary-signatures"];
        put?: never;
        /**
         * Attach a signature to a binary
         * @description Verified against the stored, verified content; the first valid one makes the binary `signed`.
         *
         *     Needs the scope `binaries:sign`.
         */
        post: operations["create-a-binary-signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/binary_signatures/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a binary signature
         * @description Needs the scope `binaries:read`.
         */
        get: operations["retrieve-a-binary-signature"];
        put?: never;
        post?: never;
        /**
         * Delete a binary signature
         * @description Without its last signature a binary goes back to `signable`.
         *
         *     Needs the scope `binaries:sign`.
         */
        delete: operations["delete-a-binary-signature"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundle_overrides": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bundle overrides
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`, `-`|string|
         *     |`description`|`:`, `~`|string|
         *     |`bundle_prn`|`:`|prn|
         *     |`starts_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`ends_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *
         *     Needs the scope `releases:read`.
         */
        get: operations["list-bundle-overrides"];
        put?: never;
        /**
         * Create a bundle override
         * @description Between `starts_at` and `ends_at` its devices get this bundle, whatever their cohort's releases say.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["create-a-bundle-override"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundle_overrides/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a bundle override
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-bundle-override"];
        put?: never;
        post?: never;
        /**
         * Delete a bundle override
         * @description Needs the scope `releases:write`.
         */
        delete: operations["delete-a-bundle-override"];
        options?: never;
        head?: never;
        /**
         * Update a bundle override
         * @description Needs the scope `releases:write`.
         */
        patch: operations["update-a-bundle-override"];
        trace?: never;
    };
    "/bundle_overrides/{prn}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the devices of a bundle override
         * @description Needs the scope `releases:read`.
         */
        get: operations["list-bundle-override-devices"];
        put?: never;
        /**
         * Add a device to a bundle override
         * @description One that is there already stays as it is.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["add-a-device-to-a-bundle-override"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundle_overrides/{prn}/devices/{device_prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a device from a bundle override
         * @description Needs the scope `releases:write`.
         */
        delete: operations["remove-a-device-from-a-bundle-override"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundle_signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bundle signatures
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`bundle_prn`|`:`|prn|
         *     |`signing_key_prn`|`:`|prn|
         *     |`keyid`|`:`|string|
         *     |`signature`|`:`|string|
         *     |`signature.signing_key.keyid`|`:`|string|
         *
         *     Needs the scope `releases:read`.
         */
        get: operations["list-bundle-signatures"];
        put?: never;
        /**
         * Attach a signature to a bundle
         * @description Verified over the bundle's `hash`: its 64 characters, or its 32 bytes. RSA and ECDSA keys sign the characters, or take the hash for the digest.
         *
         *     Needs the scope `binaries:sign`.
         */
        post: operations["create-a-bundle-signature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundle_signatures/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a bundle signature
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-bundle-signature"];
        put?: never;
        post?: never;
        /**
         * Delete a bundle signature
         * @description Needs the scope `binaries:sign`.
         */
        delete: operations["delete-a-bundle-signature"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List bundles
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`, `-`|string|
         *     |`hash`|`:`|string|
         *
         *     Needs the scope `releases:read`.
         */
        get: operations["list-bundles"];
        put?: never;
        /**
         * Create a bundle
         * @description Signed binaries only, in their order, for good. The same bundle again is the same one, unless `id` is given.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["create-a-bundle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bundles/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a bundle
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-bundle"];
        put?: never;
        post?: never;
        /**
         * Delete a bundle
         * @description Only while no release and no override uses it; otherwise 409.
         *
         *     Needs the scope `releases:write`.
         */
        delete: operations["delete-a-bundle"];
        options?: never;
        head?: never;
        /**
         * Rename a bundle
         * @description All else of it is immutable.
         *
         *     Needs the scope `releases:write`.
         */
        patch: operations["update-a-bundle"];
        trace?: never;
    };
    "/bundles/{prn}/signatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the signatures of a bundle
         * @description Needs the scope `releases:read`.
         */
        get: operations["list-bundle-signatures-of-a-bundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ca_certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ca certificates
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`description`|`:`, `~`|string|
         *     |`serial`|`:`|string|
         *     |`fingerprint`|`:`|string|
         *
         *     Needs the scope `devices:read`.
         */
        get: operations["list-ca-certificates"];
        put?: never;
        /**
         * Register a certificate authority
         * @description `verification_certificate` is signed by it and has a verification code for its common name, which proves that its private key is yours.
         *
         *     Needs the scope `devices:write`.
         */
        post: operations["create-a-ca-certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ca_certificates/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a CA certificate
         * @description Needs the scope `devices:read`.
         */
        get: operations["retrieve-a-CA-certificate"];
        /**
         * Update a CA certificate
         * @description Needs the scope `devices:write`.
         */
        put: operations["put-a-ca-certificate"];
        post?: never;
        /**
         * Delete a CA certificate
         * @description Devices that came by it stay.
         *
         *     Needs the scope `devices:write`.
         */
        delete: operations["delete-a-ca-certificate"];
        options?: never;
        head?: never;
        /**
         * Update a CA certificate
         * @description Needs the scope `devices:write`.
         */
        patch: operations["update-a-ca-certificate"];
        trace?: never;
    };
    "/ca_certificates/verification_codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a verification code
         * @description It is good for a week, and for one registration.
         *
         *     Needs the scope `devices:write`.
         */
        post: operations["create-a-ca-verification-code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cohorts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List cohorts
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`|string|
         *     |`description`|`:`, `~`|string|
         *     |`product_prn`|`:`|prn|
         *
         *     Needs the scope `devices:read`.
         */
        get: operations["list-cohorts"];
        put?: never;
        /**
         * Create a cohort
         * @description Devices that get the same releases.
         *
         *     Needs the scope `devices:write`.
         */
        post: operations["create-a-cohort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cohorts/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a cohort
         * @description Needs the scope `devices:read`.
         */
        get: operations["retrieve-a-cohort"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a cohort
         * @description Needs the scope `devices:write`.
         */
        patch: operations["update-a-cohort"];
        trace?: never;
    };
    "/content_checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When all content was last compared with its records
         * @description For the whole server; `quarantined_binaries` is the caller's own, which `GET /binaries` finds by `quarantined:true`.
         *
         *     Needs the scope `admin`.
         */
        get: operations["list-content-checks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List content moves
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`state`|`:`|string|
         *
         *     Needs the scope `admin`.
         */
        get: operations["list-content-moves"];
        put?: never;
        /**
         * Move content from one store to another
         * @description In the background, one move of an organization at a time. Each binary is copied, compared, and only then read from its new place; links that were handed out go on working.
         *
         *     Needs the scope `admin`.
         */
        post: operations["create-a-content-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_moves/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a content move, and what is left to do
         * @description Needs the scope `admin`.
         */
        get: operations["retrieve-a-content-move"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_moves/{prn}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a content move
         * @description What was moved stays where it is now.
         *
         *     Needs the scope `admin`.
         */
        post: operations["cancel-a-content-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_moves/{prn}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a content move
         * @description What is being copied is copied anew later.
         *
         *     Needs the scope `admin`.
         */
        post: operations["pause-a-content-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_moves/{prn}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a content move
         * @description With one that is paused.
         *
         *     Needs the scope `admin`.
         */
        post: operations["resume-a-content-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List content stores
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`, `-`|string|
         *     |`url`|`:`, `~`|string|
         *     |`state`|`:`|string|
         *
         *     Needs the scope `admin`.
         */
        get: operations["list-content-stores"];
        put?: never;
        /**
         * Add a content store of your own
         * @description Nothing is kept in it before it is active.
         *
         *     Needs the scope `admin`.
         */
        post: operations["create-a-content-store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_stores/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a content store
         * @description Needs the scope `admin`.
         */
        get: operations["retrieve-a-content-store"];
        put?: never;
        post?: never;
        /**
         * Delete a content store
         * @description Only when no content is kept there; what else is in the bucket stays as it is.
         *
         *     Needs the scope `admin`.
         */
        delete: operations["delete-a-content-store"];
        options?: never;
        head?: never;
        /**
         * Update a content store
         * @description New credentials are tested first. Its address stays: add another store, and move the content.
         *
         *     Needs the scope `admin`.
         */
        patch: operations["update-a-content-store"];
        trace?: never;
    };
    "/content_stores/{prn}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep new content in a content store
         * @description It is tested first; 422 names the step that failed. The store that was active before keeps what it has.
         *
         *     Needs the scope `admin`.
         */
        post: operations["activate-a-content-store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_stores/{prn}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep new content in the server's own store again
         * @description Needs the scope `admin`.
         */
        post: operations["deactivate-a-content-store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content_stores/{prn}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try all that a content store must do
         * @description Uploads, reads, downloads and deletes an object, and says how each step went.
         *
         *     Needs the scope `admin`.
         */
        post: operations["test-a-content-store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deltas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deltas
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`from_binary_prn`|`:`|prn|
         *     |`to_binary_prn`|`:`|prn|
         *     |`algorithm`|`:`|string|
         *     |`state`|`:`|string|
         *
         *     Needs the scope `releases:read`.
         */
        get: operations["list-deltas"];
        put?: never;
        /**
         * Make deltas from one binary to another
         * @description In the background, one for each algorithm; both binaries must be signed, and of the same artifact and target. Those that are there already are answered as they are; one that failed is tried again. 503 when the server has none of the programs.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["create-deltas"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deltas/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a delta
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-delta"];
        put?: never;
        post?: never;
        /**
         * Delete a delta
         * @description Devices that were offered it fetch the whole.
         *
         *     Needs the scope `releases:write`.
         */
        delete: operations["delete-a-delta"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device_certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List device certificates
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`device_prn`|`:`|prn|
         *     |`product_prn`|`:`|prn|
         *     |`serial`|`:`|string|
         *     |`fingerprint`|`:`|string|
         *
         *     Needs the scope `devices:read`.
         */
        get: operations["list-device-certificates"];
        put?: never;
        /**
         * Register a certificate of a device
         * @description The device API then takes whoever holds its key for that device, also after it expired.
         *
         *     Needs the scope `devices:write`.
         */
        post: operations["create-a-device-certificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device_certificates/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a device certificate
         * @description Needs the scope `devices:read`.
         */
        get: operations["retrieve-a-device-certificate"];
        put?: never;
        post?: never;
        /**
         * Delete a device certificate
         * @description The device API knows it no more.
         *
         *     Needs the scope `devices:write`.
         */
        delete: operations["delete-a-device-certificate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which device am I?
         * @description Expandable: `cohort`, `manifest` (of the bundle that it reports).
         *
         *     For devices, by their certificate.
         */
        get: operations["get-device-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/device/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For agents of legacy deployments
         * @description There are none, so there is never an update.
         *
         *     For devices, by their certificate.
         */
        get: operations["get-device-update"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List devices
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`product_prn`|`:`|prn|
         *     |`cohort_prn`|`:`|prn|
         *     |`identifier`|`:`, `~`|string|
         *     |`description`|`:`, `~`|string|
         *     |`target`|`:`, `~`|string|
         *     |`quarantined`|`:`|boolean|
         *     |`last_connected_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`reported_bundle_prn`|`:`|string|
         *     |`reported_release_prn`|`:`|string|
         *     |`reported_release_version`|`:`, `~`|string|
         *
         *     Needs the scope `devices:read`.
         */
        get: operations["list-devices"];
        put?: never;
        /**
         * Create a device
         * @description Needs the scope `devices:write`.
         */
        post: operations["create-a-device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/devices/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a device
         * @description Needs the scope `devices:read`.
         */
        get: operations["retrieve-a-device"];
        put?: never;
        post?: never;
        /**
         * Delete a device
         * @description Its certificates go with it.
         *
         *     Needs the scope `devices:write`.
         */
        delete: operations["delete-a-device"];
        options?: never;
        head?: never;
        /**
         * Update a device
         * @description Needs the scope `devices:write`.
         */
        patch: operations["update-a-device"];
        trace?: never;
    };
    "/devices/{prn}/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What should this device run?
         * @description As the device itself would be told.
         *
         *     Needs the scope `devices:write`.
         */
        post: operations["devices-get-update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description Needs the scope `events:read`.
         */
        get: operations["list-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Be told of events as they happen
         * @description Server-sent events: `id` is the event's id, `event` its `type.event_subtype`, `data` the event as `list-events` shows it. From now on, or behind the event whose id `last-event-id` has: nothing is left out in between. The id of nothing but zeros stands before the first event. A client that reads too slowly is cut off, and comes back to where it was.
         *
         *     Needs the scope `events:read`.
         */
        get: operations["stream-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`email`|`:`, `~`, `-`|string|
         *     |`role`|`:`|string|
         *
         *     Needs the scope `admin`.
         */
        get: operations["list-invitations"];
        put?: never;
        /**
         * Invite a person
         * @description The answer has the link, once; it works for seven days. Sending it is up to you.
         *
         *     Needs the scope `admin`.
         */
        post: operations["create-an-invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an invitation
         * @description Needs the scope `admin`.
         */
        get: operations["retrieve-an-invitation"];
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description Needs the scope `admin`.
         */
        delete: operations["delete-an-invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description As the person who is signed in; with a user name and a password as a new one; or, for somebody who has an account, with its password alone, and `otp` where a second factor is set up. One is signed in by it.
         *
         *     Open to everyone.
         */
        post: operations["accept-an-invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org_users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List org users
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`user_prn`|`:`|string|
         *     |`email`|`:`, `~`, `-`|string|
         *     |`username`|`:`, `~`, `-`|string|
         *     |`role`|`:`|string|
         *
         *     Needs the scope `admin`.
         */
        get: operations["list-org-users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org_users/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an org user
         * @description Needs the scope `admin`.
         */
        get: operations["retrieve-an-org-user"];
        put?: never;
        post?: never;
        /**
         * Remove a person from the organization
         * @description 409 for the last admin.
         *
         *     Needs the scope `admin`.
         */
        delete: operations["delete-an-org-user"];
        options?: never;
        head?: never;
        /**
         * Give a person another role
         * @description 409 for the last admin.
         *
         *     Needs the scope `admin`.
         */
        patch: operations["update-an-org-user"];
        trace?: never;
    };
    "/organizations/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an organization
         * @description Any live key or session.
         */
        get: operations["retrieve-an-organization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update an organization
         * @description Needs the scope `admin`.
         */
        patch: operations["update-an-organization"];
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the organization has, and what happens there
         * @description `devices`, `releases` and `events` are there for who may read these.
         *
         *     Needs the scope `binaries:read`.
         */
        get: operations["retrieve-overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`|string|
         *     |`archived`|`:`|boolean|
         *     |`deleted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *
         *     Needs the scope `devices:read`.
         */
        get: operations["list-products"];
        put?: never;
        /**
         * Create a product
         * @description Needs the scope `devices:write`.
         */
        post: operations["create-a-product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a product
         * @description Needs the scope `devices:read`.
         */
        get: operations["retrieve-a-product"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a product
         * @description `archived` is refused while it has devices.
         *
         *     Needs the scope `devices:write`.
         */
        patch: operations["update-a-product"];
        trace?: never;
    };
    "/release_claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List release claims
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`release_prn`|`:`|prn|
         *     |`device_prn`|`:`|prn|
         *     |`state`|`:`|string|
         *
         *     Needs the scope `releases:read`.
         */
        get: operations["list-release-claims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/release_claims/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a release claim
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-release-claim"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List releases
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`cohort_prn`|`:`|prn|
         *     |`bundle_prn`|`:`|prn|
         *     |`name`|`:`, `~`|string|
         *     |`description`|`:`, `~`|string|
         *     |`next_release_prn`|`:`|prn|
         *     |`version`|`:`, `-`|string|
         *     |`version_requirement`|`:`, `-`|string|
         *     |`deleted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *
         *     Needs the scope `releases:read`.
         */
        get: operations["list-releases"];
        put?: never;
        /**
         * Create a release
         * @description Puts a bundle before the devices of a cohort, as the newest of its releases or in between.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["create-a-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a release
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-release"];
        put?: never;
        post?: never;
        /**
         * Delete a release
         * @description What pointed to it then points to its next one.
         *
         *     Needs the scope `releases:write`.
         */
        delete: operations["delete-a-release"];
        options?: never;
        head?: never;
        /**
         * Update a release
         * @description A `phase_value` of 1 can't change any more.
         *
         *     Needs the scope `releases:write`.
         */
        patch: operations["update-a-release"];
        trace?: never;
    };
    "/releases/{prn}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a release
         * @description No further device gets it; those that have claimed it may finish.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["pause-a-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{prn}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused or halted release
         * @description Failures are counted anew from here.
         *
         *     Needs the scope `releases:write`.
         */
        post: operations["resume-a-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{prn}/rollout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far has a release come?
         * @description Needs the scope `releases:read`.
         */
        get: operations["retrieve-a-release-rollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who would get a release?
         * @description Takes what creating it takes, refuses what creating it would refuse, and makes nothing: by what each device of the cohort reported last, it tells which would get it, and why others wouldn't.
         *
         *     Needs the scope `releases:read`.
         */
        post: operations["preview-a-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing_keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List signing keys
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`name`|`:`, `~`|string|
         *     |`value`|`:`|string|
         *     |`keyid`|`:`|string|
         *
         *     Needs the scope `signing_keys:read`.
         */
        get: operations["list-signing-keys"];
        put?: never;
        /**
         * Register a public key
         * @description Private keys never belong here: one that is sent is refused and not kept.
         *
         *     Needs the scope `signing_keys:write`.
         */
        post: operations["create-a-signing-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signing_keys/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a signing key
         * @description Needs the scope `signing_keys:read`.
         */
        get: operations["retrieve-a-signing-key"];
        put?: never;
        post?: never;
        /**
         * Delete a signing key
         * @description Only while it has signed nothing; otherwise 409. Revoke it instead.
         *
         *     Needs the scope `signing_keys:write`.
         */
        delete: operations["delete-a-signing-key"];
        options?: never;
        head?: never;
        /**
         * Rename or revoke a signing key
         * @description `value` may change only while the key has signed nothing.
         *
         *     Needs the scope `signing_keys:write`.
         */
        patch: operations["update-a-signing-key"];
        trace?: never;
    };
    "/storage_figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is kept in which store
         * @description Counted when somebody asks; with many binaries the figures may be some minutes old: see `as_of`.
         *
         *     Needs the scope `admin`.
         */
        get: operations["retrieve-storage-figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tunnels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For agents that look for tunnels
         * @description There are none.
         *
         *     For devices, by their certificate.
         */
        get: operations["list-device-tunnels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What should I run?
         * @description Only `status` unless more is asked for by `expand[]`: `source_type`, `cohort`, `release`, `bundle`, `bundle_override`, `manifest`. The headers `peridio-release-prn`, `peridio-bundle-prn` and `peridio-release-version` say what the device runs now. `peridio-holds` names content that it holds, by SHA-256: it is offered `deltas` that begin there, of the algorithms in `peridio-delta-algorithms` when that is sent. `If-None-Match` with the `ETag` of an earlier answer is answered with 304 while that answer is still good, its links included.
         *
         *     For devices, by their certificate.
         */
        get: operations["get-update"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/update/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report how an update goes
         * @description Official agents don't: of those a release is done when they say that they run it.
         *
         *     For devices, by their certificate.
         */
        post: operations["report-update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the organization uses, and what it may use
         * @description Any live key or session.
         */
        get: operations["retrieve-usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description With `email` or `username`, and `otp` where a second factor is set up. The session is a cookie. After several failures the answer is 429, with growing pauses.
         *
         *     Open to everyone.
         */
        post: operations["authenticate-a-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I?
         * @description Any live key or session.
         */
        get: operations["get-user-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on in another of your organizations
         * @description Needs the session of a person.
         */
        post: operations["switch-organization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the organizations that you belong to
         * @description Needs the session of a person.
         */
        get: operations["list-memberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password
         * @description Ends all your other sessions.
         *
         *     Needs the session of a person.
         */
        post: operations["change-password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your sessions
         * @description Needs the session of a person.
         */
        get: operations["list-sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your sessions
         * @description Needs the session of a person.
         */
        delete: operations["revoke-a-session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up a second factor
         * @description It counts once it is confirmed with a code.
         *
         *     Needs the session of a person.
         */
        post: operations["enrol-totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up the second factor
         * @description The answer is the only place where the recovery codes are ever shown.
         *
         *     Needs the session of a person.
         */
        post: operations["confirm-totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me/totp/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do without a second factor
         * @description Needs the session of a person.
         */
        post: operations["disable-totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/sign_out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description Needs the session of a person.
         */
        post: operations["sign-out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook_deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`webhook_prn`|`:`|prn|
         *     |`event_prn`|`:`|prn|
         *     |`event_type`|`:`|string|
         *     |`resource_prn`|`:`|string|
         *     |`state`|`:`|string|
         *
         *     Needs the scope `webhooks:read`.
         */
        get: operations["list-webhook-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook_deliveries/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a webhook delivery and its attempts
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["retrieve-a-webhook-delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook_deliveries/{prn}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver once more
         * @description What ended, well or not, is sent again now; when its time for retries is over, once.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["redeliver-a-webhook-delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description **Search**
         *
         *     |Key|Operators|Value|
         *     |-|-|-|
         *     |`inserted_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`updated_at`|`:`, `>`, `>=`, `<`, `<=`|date-time|
         *     |`prn`|`:`|prn|
         *     |`description`|`:`, `~`|string|
         *     |`url`|`:`, `~`|string|
         *     |`state`|`:`|string|
         *
         *     Needs the scope `webhooks:read`.
         */
        get: operations["list-webhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Its URL gets a signed `webhook.test_fire` and has to answer it with 200 within ten seconds; otherwise 422. The answer shows the secret, once.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["create-a-webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{prn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve a webhook
         * @description Needs the scope `webhooks:read`.
         */
        get: operations["retrieve-a-webhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description What it was not told yet, it never is.
         *
         *     Needs the scope `webhooks:write`.
         */
        delete: operations["delete-a-webhook"];
        options?: never;
        head?: never;
        /**
         * Update a webhook
         * @description A new URL, and one that is enabled again, is tried with a `webhook.test_fire` first.
         *
         *     Needs the scope `webhooks:write`.
         */
        patch: operations["update-a-webhook"];
        trace?: never;
    };
    "/webhooks/{prn}/roll_secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook a new secret
         * @description While `webhook_ttl` runs, deliveries carry the signatures of both secrets.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["roll-webhook-secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{prn}/test_fire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description Only while the webhook is enabled. The event is delivered like any other.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["test-fire-webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AdminManifestItem */
        AdminManifestItem: {
            /** @description A Peridio resource name. */
            artifact: string;
            /** @description A Peridio resource name. */
            artifact_prn: string;
            /** @description A Peridio resource name. */
            artifact_version: string;
            /** @description A Peridio resource name. */
            artifact_version_prn: string;
            /** @description A Peridio resource name. */
            binary_prn: string;
            /** @description A JSON object of at most 1000000 bytes, or null. */
            custom_metadata: {
                [key: string]: unknown;
            } | null;
            hash: string;
            /** @description A Peridio resource name. */
            prn: string;
            signatures: {
                keyid: string;
                signature: string;
                /** @description A Peridio resource name. */
                signing_key_prn: string;
            }[];
            /** @description Null above 2³²−1: the official SDK reads 32 bits here. */
            size: number | null;
            target: string;
            url: string;
        };
        /** ApiKey */
        ApiKey: {
            created_by_prn: string | null;
            expires_at: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description To the minute or so. */
            last_used_at: string | null;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description The first characters of the value, to recognise it by. */
            prefix: string;
            /** @description Until when the value before the last rotation is good. */
            previous_expires_at: string | null;
            /** @description A Peridio resource name. */
            prn: string;
            revoked_at: string | null;
            /** @description What the key may do; `admin` includes all. */
            scopes: ("admin" | "audit:read" | "binaries:read" | "binaries:write" | "binaries:sign" | "binaries:destroy" | "devices:read" | "devices:write" | "events:read" | "releases:read" | "releases:write" | "signing_keys:read" | "signing_keys:write" | "webhooks:read" | "webhooks:write")[];
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** Artifact */
        Artifact: {
            archived: boolean;
            /** @description Null while it isn't archived. */
            archived_at: string | null;
            /** @description A JSON object of at most 1000000 bytes, or null. */
            custom_metadata: {
                [key: string]: unknown;
            } | null;
            description: string | null;
            /**
             * Hold
             * @description Until when nobody may remove its content, and why; null for no hold, or one that is over.
             */
            hold: {
                reason: string;
                /** @description UTC, ISO 8601 with microseconds and Z. */
                until: string;
            } | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** ArtifactVersion */
        ArtifactVersion: {
            archived: boolean;
            /** @description Null while it isn't archived. */
            archived_at: string | null;
            /** @description A Peridio resource name. */
            artifact_prn: string;
            /** @description A JSON object of at most 1000000 bytes, or null. */
            custom_metadata: {
                [key: string]: unknown;
            } | null;
            description: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            version: string;
        };
        /** AuditHead */
        AuditHead: {
            /** @description Of the last entry. */
            hash: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description Ed25519, base64 of its 32 bytes. */
            public_key: string;
            /** @description Of the last entry; 0 for a trail without any. */
            sequence: number;
            /** @description Ed25519, base64, over the RFC 8785 JSON of all other fields. */
            signature: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            signed_at: string;
        };
        /** AuditLog */
        AuditLog: {
            /** @description As it was called then; `server` for the server itself. */
            actor_name: string;
            actor_prn: string | null;
            address: string | null;
            after: {
                [key: string]: unknown;
            } | null;
            before: {
                [key: string]: unknown;
            } | null;
            /** @description SHA-256 over the RFC 8785 JSON of all other fields. */
            hash: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            previous_hash: string;
            /** @description A Peridio resource name. */
            prn: string;
            request_id: string | null;
            /** @description A Peridio resource name. */
            resource_prn: string;
            /** @enum {string} */
            result: "done" | "denied" | "failed";
            /** @description 1, 2, 3 … within the organization, without a gap. */
            sequence: number;
            /** @description What happened. */
            subtype: string;
            /** @description What kind of thing it happened to. */
            type: string;
            user_agent: string | null;
        };
        /** Binary */
        Binary: {
            /** @description The class of its store for archived content that its content is in, or is on its way into or out of. */
            archive_class: string | null;
            archived: boolean;
            /** @description Null while it isn't archived. */
            archived_at: string | null;
            /** @description A Peridio resource name. */
            artifact_version_prn: string;
            /**
             * @description Whether the content can be read: `archived` in a class of its store from which it can't, on its way there (`archiving`) or back (`restoring`).
             * @enum {string}
             */
            content_availability: "available" | "archived" | "archiving" | "restoring";
            /** @description The organization's store that its content is, or will be, kept in; null for the server's own. */
            content_store_prn: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            created_at: string;
            /** @description A JSON object of at most 1000000 bytes, or null. */
            custom_metadata: {
                [key: string]: unknown;
            } | null;
            description: string | null;
            /** @description SHA-256 of the content: 64 lowercase hexadecimal characters. */
            hash: string | null;
            /**
             * Hold
             * @description Until when nobody may remove its content, and why; null for no hold, or one that is over.
             */
            hold: {
                reason: string;
                /** @description UTC, ISO 8601 with microseconds and Z. */
                until: string;
            } | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /**
             * Quarantine
             * @description Why its content is served to nobody: what is stored is not what was verified.
             */
            quarantine: {
                /** @description UTC, ISO 8601 with microseconds and Z. */
                at: string;
                detail: string;
                /** @enum {string} */
                fault: "missing" | "no_content" | "wrong_size" | "wrong_hash";
            } | null;
            /** @description How often the content was reset. */
            revision: number;
            signatures: {
                device_agent_accepts: boolean;
                keyid: string;
                signature: string;
                /** @description A Peridio resource name. */
                signing_key_prn: string;
            }[];
            size: number | null;
            /** @enum {string} */
            state: "uploadable" | "hashable" | "hashing" | "signable" | "signed" | "destroyed";
            target: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** VerificationFailure */
            verification_failure: {
                actual_hash: string | null;
                actual_size: number;
                /** @description UTC, ISO 8601 with microseconds and Z. */
                at: string;
                expected_hash: string;
                expected_size: number;
            } | null;
        };
        /** BinaryPart */
        BinaryPart: {
            /** @description A Peridio resource name. */
            binary_prn: string;
            hash: string;
            index: number;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            size: number;
            /** @enum {string} */
            state: "uploadable" | "invalid_size" | "invalid_hash" | "valid";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** BinarySignature */
        BinarySignature: {
            /** @enum {string} */
            algorithm: "ed25519" | "rsa" | "ecdsa-p256" | "ecdsa-p384" | "ecdsa-p521";
            /** @description A Peridio resource name. */
            binary_prn: string;
            /** @description Whether the official device agent can install by this signature: Ed25519 over the hash. */
            device_agent_accepts: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            keyid: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description Upper-case hex. */
            signature: string;
            /** @enum {string} */
            signed_message: "hash_hex" | "hash_bytes" | "content";
            /** @description A Peridio resource name. */
            signing_key_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** BinaryStatistics */
        BinaryStatistics: {
            /** @description A Peridio resource name. */
            binary_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            from: string;
            group_by: string | null;
            interval: string;
            /** @description By time; intervals without downloads are left out. */
            series: {
                /** @description Requests that broke off. */
                aborted: number;
                /** @description Of bodies, as far as they were handed to the connection. */
                bytes: number;
                /** @description Requests whose whole body went out. */
                completed: number;
                /** @description The country, the user agent's product, or the PRN of who made the link; `unknown` where nothing was said, `other` for what is beyond the number that is told apart. Null without `group_by`. */
                group: string | null;
                requests: number;
                /** @description UTC, ISO 8601 with microseconds and Z. */
                start: string;
            }[];
            /** @description UTC, ISO 8601 with microseconds and Z. */
            to: string;
            totals: {
                /** @description Requests that broke off. */
                aborted: number;
                /** @description Of bodies, as far as they were handed to the connection. */
                bytes: number;
                /** @description Requests whose whole body went out. */
                completed: number;
                requests: number;
            };
        };
        /** BinaryUsage */
        BinaryUsage: {
            /** @description A Peridio resource name. */
            binary_prn: string;
            bundle_count: number;
            bundle_override_count: number;
            /** @description The newest of them, at most 100. */
            bundle_overrides: {
                name: string | null;
                /** @description A Peridio resource name. */
                prn: string;
            }[];
            /** @description The newest of them, at most 100. */
            bundles: {
                name: string | null;
                /** @description A Peridio resource name. */
                prn: string;
            }[];
            /** @description Devices in the cohorts of these releases, and those of the overrides; each once. */
            device_count: number;
            release_count: number;
            /** @description The newest of them, at most 100. */
            releases: {
                /** @description A Peridio resource name. */
                cohort_prn: string;
                name: string;
                /** @description A Peridio resource name. */
                prn: string;
                version: string | null;
            }[];
        };
        /** Bundle */
        Bundle: {
            /** @description Only in answers of version 1. */
            artifact_versions?: string[];
            /** @description Only in answers of version 2. */
            binaries?: {
                /** @description A JSON object of at most 1000000 bytes, or null. */
                custom_metadata: {
                    [key: string]: unknown;
                } | null;
                /** @description A Peridio resource name. */
                prn: string;
            }[];
            /** @description SHA-256 of the canonical manifest (RFC 8785), lower-case hex. Only in version 2. */
            hash?: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** BundleOverride */
        BundleOverride: {
            /** @description A Peridio resource name. */
            bundle_prn: string;
            description: string | null;
            /** @description Null: it never ends. */
            ends_at: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            starts_at: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** BundleSignature */
        BundleSignature: {
            /** @enum {string} */
            algorithm: "ed25519" | "rsa" | "ecdsa-p256" | "ecdsa-p384" | "ecdsa-p521";
            /** @description A Peridio resource name. */
            bundle_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            keyid: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description Upper-case hex. */
            signature: string;
            /** @enum {string} */
            signed_message: "hash_hex" | "hash_bytes" | "content";
            /** @description A Peridio resource name. */
            signing_key_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** CaCertificate */
        CaCertificate: {
            common_name: string | null;
            description: string | null;
            /** @description SHA-256 of the DER, upper-case hex. */
            fingerprint: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            jitp: {
                /** @description Whether an unknown certificate may be added to a device that exists already. */
                allow_second_certificate: boolean;
                cohort_prn: string | null;
                description: string | null;
                product_name: string;
                /** @description A Peridio resource name. */
                product_prn: string;
                /** @description At most 64 words of 1 to 128 characters, or null. */
                tags: string[] | null;
                target: string | null;
            } | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            not_after: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            not_before: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description Decimal. */
            serial: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** Cohort */
        Cohort: {
            description: string | null;
            /** @description Devices that are in it now. */
            device_count: number;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description A Peridio resource name. */
            product_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** ContentCheck */
        ContentCheck: {
            /** @description Null while it is not through. */
            completed_at: string | null;
            last_completed_at: string | null;
            /**
             * @description `scrub` reads all content in the background, as does `fsck_deep` on command; `fsck` compares sizes.
             * @enum {string}
             */
            name: "scrub" | "fsck" | "fsck_deep";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            started_at: string;
        };
        /** ContentMove */
        ContentMove: {
            artifact_prn: string | null;
            ended_at: string | null;
            /** @description Null for the server's own store. */
            from_prn: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            last_error: string | null;
            moved_binaries: number;
            moved_bytes: number;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @enum {string} */
            state: "running" | "paused" | "done" | "cancelled";
            /** @description Null for the server's own store. */
            to_prn: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** ContentMoveWithRest */
        ContentMoveWithRest: {
            artifact_prn: string | null;
            ended_at: string | null;
            /** @description Null for the server's own store. */
            from_prn: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            last_error: string | null;
            moved_binaries: number;
            moved_bytes: number;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            rest: {
                /** @description Still to be moved, the waiting ones with them. */
                binaries: number;
                bytes: number;
                /** @description In the midst of an upload: they are moved when it has ended. A reset ends it as well. Or archived where they can't be read: they are moved when they are restored. */
                waiting: number;
            };
            /** @enum {string} */
            state: "running" | "paused" | "done" | "cancelled";
            /** @description Null for the server's own store. */
            to_prn: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** ContentStore */
        ContentStore: {
            /** @description Of a store that is reached by a role: what the role's trust policy must ask for as `sts:ExternalId`. */
            external_id: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** StoreTest */
            last_test: {
                /** @description UTC, ISO 8601 with microseconds and Z. */
                at: string;
                passed: boolean;
                steps: {
                    /** @description Of a failed step the store's words; of a skipped one the reason. */
                    detail: string | null;
                    duration_ms: number;
                    /** @description What would help. */
                    hint: string | null;
                    /** @enum {string} */
                    outcome: "passed" | "failed" | "skipped";
                    /** @enum {string} */
                    step: "assume_role" | "reach" | "begin_upload" | "refuse_wrong_bytes" | "upload_part" | "list_parts" | "complete_upload" | "read_size" | "read_range" | "download" | "refuse_strangers" | "abort_upload" | "delete";
                }[];
            } | null;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /**
             * @description New content goes to the active store; without one, to the server's own.
             * @enum {string}
             */
            state: "active" | "inactive";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            url: string;
        };
        /** CreatedApiKey */
        CreatedApiKey: {
            created_by_prn: string | null;
            expires_at: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description To the minute or so. */
            last_used_at: string | null;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description The first characters of the value, to recognise it by. */
            prefix: string;
            /** @description Until when the value before the last rotation is good. */
            previous_expires_at: string | null;
            /** @description A Peridio resource name. */
            prn: string;
            revoked_at: string | null;
            /** @description What the key may do; `admin` includes all. */
            scopes: ("admin" | "audit:read" | "binaries:read" | "binaries:write" | "binaries:sign" | "binaries:destroy" | "devices:read" | "devices:write" | "events:read" | "releases:read" | "releases:write" | "signing_keys:read" | "signing_keys:write" | "webhooks:read" | "webhooks:write")[];
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description The key itself: shown here, once, and never again. */
            value: string;
        };
        /** CreatedInvitation */
        CreatedInvitation: {
            accepted_at: string | null;
            email: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            expires_at: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            invited_by_prn: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @enum {string} */
            role: "admin" | "developer" | "signer" | "viewer";
            token: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description For the invited person: shown here, once. */
            url: string;
        };
        /** DeliveryAttempt */
        DeliveryAttempt: {
            /** @description UTC, ISO 8601 with microseconds and Z. */
            at: string;
            duration_ms: number;
            error: string | null;
            /** @description The first bytes of the body. */
            response: string | null;
            status: number | null;
        };
        /** Delta */
        Delta: {
            /** @enum {string} */
            algorithm: "xdelta3" | "zstd";
            /** @description Why there is none, or not yet. */
            detail: string | null;
            /** @description Bytes of it that devices fetched from this server. */
            downloaded_bytes: number;
            /** @description A Peridio resource name. */
            from_binary_prn: string;
            from_hash: string;
            /** @description SHA-256 of the delta. */
            hash: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description Bytes that they didn't have to fetch, because of that. */
            saved_bytes: number;
            /** @description Bytes of the delta, also of one that was not worth it. */
            size: number | null;
            /** @enum {string} */
            state: "waiting" | "ready" | "not_smaller" | "failed";
            /** @description A Peridio resource name. */
            to_binary_prn: string;
            to_hash: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description Bytes of what it makes. */
            whole_size: number;
        };
        /** Device */
        Device: {
            cohort_prn: string | null;
            description: string | null;
            /** @description Unique in the organization; the common name of its certificates. */
            identifier: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description To about a minute. */
            last_connected_at: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description A Peridio resource name. */
            product_prn: string;
            /** @description Gets no update. */
            quarantined: boolean;
            reported_bundle_prn: string | null;
            reported_release_prn: string | null;
            reported_release_version: string | null;
            /** @description At most 64 words of 1 to 128 characters, or null. */
            tags: string[] | null;
            target: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** DeviceCertificate */
        DeviceCertificate: {
            common_name: string | null;
            /** @description A Peridio resource name. */
            device_prn: string;
            /** @description SHA-256 of the DER, upper-case hex. */
            fingerprint: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            not_after: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            not_before: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description Decimal. */
            serial: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** DeviceUpdate */
        DeviceUpdate: {
            bundle_prn: string | null;
            manifest: components["schemas"]["AdminManifestItem"][] | null;
            source_prn: string | null;
            /** @enum {string|null} */
            source_type: "release" | "bundle_override" | null;
            /** @enum {string} */
            status: "update" | "no_update" | "device_quarantine";
        };
        /** DownloadLink */
        DownloadLink: {
            /** @description UTC, ISO 8601 with microseconds and Z. */
            expires_at: string;
            /** @description Name of the place that sends the content. */
            origin: string;
            url: string;
        };
        /** Error */
        Error: {
            /** @description For 422: field → messages. Otherwise: `detail`, a sentence, and `code`, a stable word. */
            errors: {
                [key: string]: unknown;
            };
        };
        /** Event */
        Event: {
            actor_prn: string | null;
            data: {
                data: {
                    [key: string]: unknown;
                };
                type: string;
            };
            event_subtype: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description A Peridio resource name. */
            resource_prn: string;
            type: string;
            version: number;
        };
        /** ExpandedUpdate */
        ExpandedUpdate: {
            bundle?: unknown;
            bundle_override?: unknown;
            cohort?: unknown;
            manifest?: {
                [key: string]: unknown;
            }[] | null;
            release?: unknown;
            /** @enum {string|null} */
            source_type?: "release" | "bundle_override" | null;
            /** @description `update`, `no_update`, `device_quarantine` (`device_quarantined` to peridiod). */
            status: string;
        };
        /** Invitation */
        Invitation: {
            accepted_at: string | null;
            email: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            expires_at: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            invited_by_prn: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @enum {string} */
            role: "admin" | "developer" | "signer" | "viewer";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** Membership */
        Membership: {
            current: boolean;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @enum {string} */
            role: "admin" | "developer" | "signer" | "viewer";
        };
        /** Organization */
        Organization: {
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description How many keys have to sign before a binary is `signed`. */
            required_signatures: number;
            /** @description Whoever uploaded a binary may not sign it. */
            separate_signer: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** OrgUser */
        OrgUser: {
            email: string;
            has_totp: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @enum {string} */
            role: "admin" | "developer" | "signer" | "viewer";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description A Peridio resource name. */
            user_prn: string;
            username: string;
        };
        /** OverriddenDevice */
        OverriddenDevice: {
            /** @description A Peridio resource name. */
            device_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** Overview */
        Overview: {
            artifacts: {
                count: number;
                /** @description Whether there are more than these 10000. */
                more: boolean;
            };
            binaries: {
                destroyed: {
                    count: number;
                    /** @description Whether there are more than these 10000. */
                    more: boolean;
                };
                hashable: {
                    count: number;
                    /** @description Whether there are more than these 10000. */
                    more: boolean;
                };
                hashing: {
                    count: number;
                    /** @description Whether there are more than these 10000. */
                    more: boolean;
                };
                signable: {
                    count: number;
                    /** @description Whether there are more than these 10000. */
                    more: boolean;
                };
                signed: {
                    count: number;
                    /** @description Whether there are more than these 10000. */
                    more: boolean;
                };
                uploadable: {
                    count: number;
                    /** @description Whether there are more than these 10000. */
                    more: boolean;
                };
            };
            devices?: {
                count: number;
                /** @description Whether there are more than these 10000. */
                more: boolean;
            };
            /** @description Of the last 30 days, by day; days without downloads are left out. */
            downloads: {
                bytes: number;
                /** @description Requests whose whole body went out. */
                completed: number;
                /** @description In UTC, such as 2026-01-31. */
                day: string;
                requests: number;
            }[];
            /** @description The newest. */
            events?: components["schemas"]["Event"][];
            /** @description A Peridio resource name. */
            organization_prn: string;
            releases?: {
                count: number;
                /** @description Whether there are more than these 10000. */
                more: boolean;
            };
            stored_bytes: {
                allowed: number | null;
                used: number;
            };
            /** @description The newest that are `signable`. */
            waiting_for_signature: components["schemas"]["Binary"][];
        };
        /** PlannedBinary */
        PlannedBinary: {
            /** @enum {string} */
            action: "keep" | "archive" | "destroy";
            archived: boolean;
            /** @description A Peridio resource name. */
            artifact_version_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description The binary. */
            prn: string;
            /** @description Why it is kept: among the `last`, `young`er than `keep_days`, `reported` by a device, `released`, `sent` to devices by a release that isn't disabled or an override that hasn't ended, `held`, `archived` already. */
            reasons: ("last" | "young" | "reported" | "released" | "sent" | "held" | "archived")[];
            size: number;
            state: string;
            target: string;
            version: string;
        };
        /** Product */
        Product: {
            archived: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** Release */
        Release: {
            /** @description A Peridio resource name. */
            bundle_prn: string;
            /** @description A Peridio resource name. */
            cohort_prn: string;
            description: string | null;
            /** @description Never served. */
            disabled: boolean;
            /** @description Failures below this number never halt it. Default: 1. */
            failure_minimum: number;
            /** @description The release halts by itself when this share of the devices that ended have failed; null: never. */
            failure_share: number | null;
            /** @description When too many failures paused it. */
            halted_at: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            name: string;
            next_release_prn: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description Serves no device that has not claimed it. */
            paused_at: string | null;
            /** @enum {string} */
            phase_mode: "numeric" | "tags";
            /** @description At most 64 words of 1 to 128 characters, or null. */
            phase_tags: string[] | null;
            /**
             * @description What `phase_value` is: a share or a count.
             * @enum {string|null}
             */
            phase_type: "percent" | "static" | null;
            /** @description 0 to 1: a share of the cohort; a whole number from 2: a count of devices. 1 means all, for good. */
            phase_value: number | null;
            /** @description A release whose next one this is: the newest of them, where there are several. */
            previous_release_prn: string | null;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description Devices can't skip it. */
            required: boolean;
            /** @description Whether that date has passed. */
            schedule_complete: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            schedule_date: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            version: string | null;
            version_requirement: string | null;
        };
        /** ReleaseClaim */
        ReleaseClaim: {
            /** @description What the device said of it last. */
            detail: string | null;
            /** @description A Peridio resource name. */
            device_prn: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description A Peridio resource name. */
            release_prn: string;
            /** @enum {string} */
            state: "claimed" | "downloading" | "installing" | "done" | "failed";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** ReleasePreview */
        ReleasePreview: {
            /** @description Devices in the cohort now, without quarantined ones. */
            cohort_devices: number;
            /** @description The newest ten of each outcome. */
            devices: {
                identifier: string;
                /** @enum {string} */
                outcome: "gets" | "another_release" | "overridden" | "there" | "unplaced" | "held" | "other_version" | "other_tags";
                /** @description A Peridio resource name. */
                prn: string;
                reported_release_version: string | null;
            }[];
            /** @description Of the examined, how many would get it; none while it is disabled or withheld. */
            eligible: number;
            /** @description Of these, how many were looked at: the newest, up to 10,000. */
            examined: number;
            /** @description The time that it was looked at for: `schedule_date`, or now. */
            from: string;
            /** @description How many devices the phase lets have it; null: no bound. */
            limit: number | null;
            /** @description What would follow it. */
            next_release_prn: string | null;
            /** @description All that were examined, one count for each reason. */
            outcomes: {
                /** @description Gets another one in its place: a required one before it, or one further ahead. */
                another_release: number;
                /** @description The next time it asks, as long as the phase's limit isn't reached. */
                gets: number;
                /** @description Waits before a required release that it can't have. */
                held: number;
                /** @description Has none of the tags. */
                other_tags: number;
                /** @description Its version doesn't satisfy `version_requirement`. */
                other_version: number;
                /** @description A bundle override decides for it. */
                overridden: number;
                /** @description Runs it already, or what comes after it. */
                there: number;
                /** @description Nobody knows where it is in the channel: nothing that it reported is there, nor fits a requirement. */
                unplaced: number;
            };
            /** @description What would lead to it. */
            previous_release_prn: string | null;
            /** @description Why its bundle would be served to nobody. */
            withheld: string | null;
        };
        /** RetentionRule */
        RetentionRule: {
            /** @enum {string} */
            action: "archive" | "destroy";
            /** @description When it last was, in the background. */
            applied_at: string | null;
            /** @description A Peridio resource name. */
            artifact_prn: string;
            /** @description Whether it is applied in the background. */
            enabled: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            keep_days: number | null;
            keep_last: number | null;
            /** @description Keep what any release names, also a disabled one. */
            keep_released: boolean;
            /** @description Keep what any device says that it runs. */
            keep_reported: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** RetentionRun */
        RetentionRun: {
            archived: number;
            bytes: number;
            destroyed: number;
            /** @description Whether there is more to do: call it again. */
            more: boolean;
        };
        /** Rollout */
        Rollout: {
            /** @description Devices it was served to and that said nothing more. */
            claimed: number;
            /** @description Devices in the cohort now, without quarantined ones. */
            cohort_devices: number;
            done: number;
            downloading: number;
            /** @description Devices that its phase lets have it: by share, count or tags. */
            eligible: number;
            failed: number;
            installing: number;
            /** @description A Peridio resource name. */
            release_prn: string;
            /** @enum {string} */
            state: "scheduled" | "active" | "paused" | "halted" | "disabled";
            /** @description Why it serves nobody although it is active: a member that is destroyed, or no live signature. */
            withheld: string | null;
        };
        /** Session */
        Session: {
            address: string | null;
            /** @description The one that asks. */
            current: boolean;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            expires_at: string;
            id: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            last_seen_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            user_agent: string | null;
        };
        /** SigningKey */
        SigningKey: {
            /** @enum {string} */
            algorithm: "ed25519" | "rsa" | "ecdsa-p256" | "ecdsa-p384" | "ecdsa-p521";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description SHA-256 of the DER SubjectPublicKeyInfo, lowercase hex. */
            keyid: string;
            name: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            revoked_at: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description The public key as it was sent. */
            value: string;
        };
        /** StorageFigures */
        StorageFigures: {
            /** @description UTC, ISO 8601 with microseconds and Z. */
            as_of: string;
            stores: components["schemas"]["StoreFigures"][];
        };
        /**
         * StoreCredentials
         * @description Kept encrypted, and never answered.
         */
        StoreCredentials: {
            /** @description Of `s3://` without a role, and of `gs://` (an HMAC key). */
            access_key_id?: string;
            /** @description Of `azblob://`: the key of the account, in base64. */
            account_key?: string;
            /** @description Goes with it. */
            secret_access_key?: string;
        };
        /** StoreFigures */
        StoreFigures: {
            /** @description Of the plain bytes: what is in a class for archived content. */
            archived_bytes: number;
            /** @description Binaries that have content there, or are being uploaded to it. */
            binaries: number;
            /** @description What compressing at rest saves of that: the store has so much less. */
            compression_saved_bytes: number;
            /** @description The organization's store; null for the server's own. */
            content_store_prn: string | null;
            /** @description What needn't be stored, because binaries share a content. */
            deduplicated_bytes: number;
            deltas: {
                /** @description Theirs. */
                bytes: number;
                /** @description Deltas that are kept. */
                count: number;
            };
            /** @description The sizes of all whole contents, as if each binary had its own. */
            plain_bytes: number;
            /** @description What counts as stored: each content once, and uploads that are not complete. */
            stored_bytes: number;
            unfinished_uploads: {
                /** @description Uploads that are not complete. */
                binaries: number;
                /** @description Theirs. */
                bytes: number;
            };
            /** @description Contents that nothing needs any more and that are not removed yet. */
            waiting_for_removal: number;
        };
        /** StoreTest */
        StoreTest: {
            /** @description UTC, ISO 8601 with microseconds and Z. */
            at: string;
            passed: boolean;
            steps: {
                /** @description Of a failed step the store's words; of a skipped one the reason. */
                detail: string | null;
                duration_ms: number;
                /** @description What would help. */
                hint: string | null;
                /** @enum {string} */
                outcome: "passed" | "failed" | "skipped";
                /** @enum {string} */
                step: "assume_role" | "reach" | "begin_upload" | "refuse_wrong_bytes" | "upload_part" | "list_parts" | "complete_upload" | "read_size" | "read_range" | "download" | "refuse_strangers" | "abort_upload" | "delete";
            }[];
        };
        /** TotpSecret */
        TotpSecret: {
            /** @description For a QR code. */
            otpauth_url: string;
            /** @description Base32, for typing. */
            secret: string;
        };
        /** UploadableBinaryPart */
        UploadableBinaryPart: {
            /** @description A Peridio resource name. */
            binary_prn: string;
            hash: string;
            index: number;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            presigned_upload_url: string;
            /** @description A Peridio resource name. */
            prn: string;
            size: number;
            /** @enum {string} */
            state: "uploadable" | "invalid_size" | "invalid_hash" | "valid";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
        };
        /** Usage */
        Usage: {
            /** @description Destroyed ones aren't counted. */
            binaries: {
                allowed: number | null;
                used: number;
            };
            /** @description What is not stored once more, because binaries share their content. */
            deduplicated_bytes: number;
            /** @description What devices never had to fetch, because deltas did. */
            delta_saved_bytes: number;
            /** @description Sent this month, which ends at `resets_at`. */
            download_bytes: {
                allowed: number | null;
                /** @description UTC, ISO 8601 with microseconds and Z. */
                resets_at: string;
                used: number;
            };
            /** @description A Peridio resource name. */
            organization_prn: string;
            part_size: {
                allowed: number | null;
            };
            /** @description Content that several binaries share counts once. */
            stored_bytes: {
                allowed: number | null;
                used: number;
            };
        };
        /** Webhook */
        Webhook: {
            description: string | null;
            disabled_reason: string | null;
            enabled_events: string[];
            failing_since: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            previous_secret_expires_at: string | null;
            /** @description A Peridio resource name. */
            prn: string;
            /** @enum {string} */
            state: "enabled" | "disabled";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            url: string;
        };
        /** WebhookDelivery */
        WebhookDelivery: {
            attempts: number;
            /** @description A Peridio resource name. */
            event_prn: string;
            /** @description As in `enabled_events`. */
            event_type: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            last_error: string | null;
            last_status: number | null;
            /** @description Null also while an earlier one of the same resource is pending. */
            next_attempt_at: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description A Peridio resource name. */
            resource_prn: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description A Peridio resource name. */
            webhook_prn: string;
        };
        /** WebhookDeliveryWithAttempts */
        WebhookDeliveryWithAttempts: {
            attempts: number;
            /** @description A Peridio resource name. */
            event_prn: string;
            /** @description As in `enabled_events`. */
            event_type: string;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            last_error: string | null;
            last_status: number | null;
            log: components["schemas"]["DeliveryAttempt"][];
            /** @description Null also while an earlier one of the same resource is pending. */
            next_attempt_at: string | null;
            /** @description A Peridio resource name. */
            organization_prn: string;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description A Peridio resource name. */
            resource_prn: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            /** @description A Peridio resource name. */
            webhook_prn: string;
        };
        /** WebhookWithSecret */
        WebhookWithSecret: {
            description: string | null;
            disabled_reason: string | null;
            enabled_events: string[];
            failing_since: string | null;
            /** @description UTC, ISO 8601 with microseconds and Z. */
            inserted_at: string;
            /** @description A Peridio resource name. */
            organization_prn: string;
            previous_secret_expires_at: string | null;
            /** @description A Peridio resource name. */
            prn: string;
            /** @description 32 upper-case hex digits: shown here, once, and never again. */
            secret: string;
            /** @enum {string} */
            state: "enabled" | "disabled";
            /** @description UTC, ISO 8601 with microseconds and Z. */
            updated_at: string;
            url: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-api-keys": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_keys: components["schemas"]["ApiKey"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expires_at?: string | null;
                    name: string;
                    /** @description What the key may do; `admin` includes all. */
                    scopes: ("admin" | "audit:read" | "binaries:read" | "binaries:write" | "binaries:sign" | "binaries:destroy" | "devices:read" | "devices:write" | "events:read" | "releases:read" | "releases:write" | "signing_keys:read" | "signing_keys:write" | "webhooks:read" | "webhooks:write")[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: components["schemas"]["CreatedApiKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: components["schemas"]["ApiKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /**
                     * @description Revokes the key for good.
                     * @constant
                     */
                    revoked?: true;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: components["schemas"]["ApiKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "rotate-an-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description How long the old value stays good; 0 ends it at once.
                     * @default 86400
                     */
                    overlap_seconds?: number;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: components["schemas"]["CreatedApiKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-artifact-versions": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact_versions: components["schemas"]["ArtifactVersion"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-an-artifact-version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    artifact_prn: string;
                    /** @description A JSON object of at most 1000000 bytes, or null. */
                    custom_metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    id?: string;
                    version: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact_version: components["schemas"]["ArtifactVersion"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-artifact-version": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact_version: components["schemas"]["ArtifactVersion"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-an-artifact-version": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-an-artifact-version": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    /** @description A JSON object of at most 1000000 bytes, or null. */
                    custom_metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact_version: components["schemas"]["ArtifactVersion"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-artifacts": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifacts: components["schemas"]["Artifact"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-an-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A JSON object of at most 1000000 bytes, or null. */
                    custom_metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    id?: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact: components["schemas"]["Artifact"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact: components["schemas"]["Artifact"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-an-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-an-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    /** @description A JSON object of at most 1000000 bytes, or null. */
                    custom_metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact: components["schemas"]["Artifact"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "hold-an-artifact": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    until: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        artifact: components["schemas"]["Artifact"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-retention-rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        retention_rule: components["schemas"]["RetentionRule"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "set-a-retention-rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "archive" | "destroy";
                    /** @default false */
                    enabled?: boolean;
                    /** @description For so many days after it was created everything is kept. */
                    keep_days?: number | null;
                    /** @description So many of the newest of each target are kept. */
                    keep_last?: number | null;
                    /**
                     * @description Keep what any release names, also a disabled one.
                     * @default true
                     */
                    keep_released?: boolean;
                    /**
                     * @description Keep what any device says that it runs.
                     * @default true
                     */
                    keep_reported?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        retention_rule: components["schemas"]["RetentionRule"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-retention-rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "apply-a-retention-rule": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        retention_run: components["schemas"]["RetentionRun"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-retention-plan": {
        parameters: {
            query?: {
                kept?: boolean;
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
            };
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        retention_plan: components["schemas"]["PlannedBinary"][];
                        summary: {
                            kept_binaries: number;
                            kept_bytes: number;
                            /** @description That would be archived or destroyed. */
                            leaving_binaries: number;
                            leaving_bytes: number;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-audit-logs": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audit_logs: components["schemas"]["AuditLog"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audit_log: components["schemas"]["AuditLog"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "export-audit-logs": {
        parameters: {
            query?: {
                format?: "ndjson" | "csv";
                from_sequence?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-audit-head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        audit_head: components["schemas"]["AuditHead"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-binaries": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binaries: components["schemas"]["Binary"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-binary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    artifact_version_prn: string;
                    /** @description A JSON object of at most 1000000 bytes, or null. */
                    custom_metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    /** @description SHA-256: 64 hexadecimal characters, optionally after `sha256:`. */
                    hash?: string | null;
                    id?: string;
                    /** @description Whether content of this `hash` and `size` that the organization holds already is taken: then the answer is `signable`, and nothing is uploaded; where it holds none, it is `uploadable` as ever. Content of other organizations never counts. */
                    reuse_content?: boolean;
                    size?: number | null;
                    target: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary: components["schemas"]["Binary"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-binary": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary: components["schemas"]["Binary"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-binary": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-binary": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    /** @description A JSON object of at most 1000000 bytes, or null. */
                    custom_metadata?: {
                        [key: string]: unknown;
                    } | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    /** @description SHA-256: 64 hexadecimal characters, optionally after `sha256:`. */
                    hash?: string | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    size?: number | null;
                    /** @enum {string} */
                    state?: "uploadable" | "hashable" | "hashing" | "signable" | "signed" | "destroyed";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary: components["schemas"]["Binary"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "upload-binary-content": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary: components["schemas"]["Binary"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "destroy-a-binary": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary: components["schemas"]["Binary"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-binary-download-url": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        download_url: string;
                        urls: components["schemas"]["DownloadLink"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "hold-a-binary": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    until: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary: components["schemas"]["Binary"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-binary-parts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary_parts: components["schemas"]["BinaryPart"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-binary-part": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    binary_prn?: string;
                    /** @description Bytes. */
                    expected_binary_size?: number;
                    /** @description SHA-256: 64 hexadecimal characters, optionally after `sha256:`. */
                    hash: string;
                    index?: number;
                    /** @description Bytes of this part. */
                    size: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary_part: components["schemas"]["UploadableBinaryPart"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-binary-statistics": {
        parameters: {
            query?: {
                from?: string;
                group_by?: "country" | "user_agent" | "maker";
                interval?: "hour" | "day";
                to?: string;
            };
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        statistics: components["schemas"]["BinaryStatistics"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-binary-usage": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        usage: components["schemas"]["BinaryUsage"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-binary-signatures": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary_signatures: components["schemas"]["BinarySignature"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-binary-signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    binary_prn: string;
                    /** @description Hex or base64; see the guide on signing. */
                    signature: string;
                    signing_key_keyid?: string;
                    /** @description A Peridio resource name. */
                    signing_key_prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary_signature: components["schemas"]["BinarySignature"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-binary-signature": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binary_signature: components["schemas"]["BinarySignature"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-binary-signature": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-bundle-overrides": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_overrides: components["schemas"]["BundleOverride"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-bundle-override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    bundle_prn: string;
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    ends_at?: string | null;
                    name: string;
                    starts_at: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_override: components["schemas"]["BundleOverride"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-bundle-override": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_override: components["schemas"]["BundleOverride"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-bundle-override": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-bundle-override": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    bundle_prn?: string;
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    ends_at?: string | null;
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    starts_at?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_override: components["schemas"]["BundleOverride"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-bundle-override-devices": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
            };
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        devices: components["schemas"]["OverriddenDevice"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "add-a-device-to-a-bundle-override": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    device_prn: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: components["schemas"]["OverriddenDevice"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "remove-a-device-from-a-bundle-override": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_prn: string;
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-bundle-signatures": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_signatures: components["schemas"]["BundleSignature"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-bundle-signature": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    bundle_prn: string;
                    /** @description Hex or base64; see the guide on signing. */
                    signature: string;
                    signing_key_keyid?: string;
                    /** @description A Peridio resource name. */
                    signing_key_prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_signature: components["schemas"]["BundleSignature"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-bundle-signature": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle_signature: components["schemas"]["BundleSignature"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-bundle-signature": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-bundles": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundles: components["schemas"]["Bundle"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Version 1: all binaries of each. */
                    artifact_version_prns?: string[];
                    /** @description Version 2: binaries; an artifact version's PRN stands for all of its binaries. */
                    binaries?: {
                        /** @description A JSON object of at most 1000000 bytes, or null. */
                        custom_metadata?: {
                            [key: string]: unknown;
                        } | null;
                        /** @description A Peridio resource name. */
                        prn: string;
                    }[];
                    id?: string;
                    /** @description 1 to 512 characters, or null. */
                    name?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle: components["schemas"]["Bundle"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle: components["schemas"]["Bundle"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 512 characters, or null. */
                    name?: string | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bundle: components["schemas"]["Bundle"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-bundle-signatures-of-a-bundle": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signatures: {
                            keyid: string;
                            signature: string;
                            /** @description A Peridio resource name. */
                            signing_key_prn: string;
                        }[];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-ca-certificates": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ca_certificates: components["schemas"]["CaCertificate"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-ca-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Base64 of the PEM text of one X.509 certificate. */
                    certificate: string;
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    /** @description Switches just-in-time provisioning on, for the product of this PRN or name; null switches it off. */
                    jitp?: {
                        allow_second_certificate?: boolean;
                        cohort_prn?: string | null;
                        /** @description 1 to 256 characters, or null. */
                        description?: string | null;
                        product_name?: string;
                        /** @description A Peridio resource name. */
                        product_prn?: string;
                        /** @description At most 64 words of 1 to 128 characters, or null. */
                        tags?: string[] | null;
                        target?: string | null;
                    } | null;
                    /** @description Base64 of the PEM text of one X.509 certificate. */
                    verification_certificate: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ca_certificate: components["schemas"]["CaCertificate"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-CA-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ca_certificate: components["schemas"]["CaCertificate"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "put-a-ca-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    /** @description Switches just-in-time provisioning on, for the product of this PRN or name; null switches it off. */
                    jitp?: {
                        allow_second_certificate?: boolean;
                        cohort_prn?: string | null;
                        /** @description 1 to 256 characters, or null. */
                        description?: string | null;
                        product_name?: string;
                        /** @description A Peridio resource name. */
                        product_prn?: string;
                        /** @description At most 64 words of 1 to 128 characters, or null. */
                        tags?: string[] | null;
                        target?: string | null;
                    } | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ca_certificate: components["schemas"]["CaCertificate"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-ca-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-ca-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    /** @description Switches just-in-time provisioning on, for the product of this PRN or name; null switches it off. */
                    jitp?: {
                        allow_second_certificate?: boolean;
                        cohort_prn?: string | null;
                        /** @description 1 to 256 characters, or null. */
                        description?: string | null;
                        product_name?: string;
                        /** @description A Peridio resource name. */
                        product_prn?: string;
                        /** @description At most 64 words of 1 to 128 characters, or null. */
                        tags?: string[] | null;
                        target?: string | null;
                    } | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ca_certificate: components["schemas"]["CaCertificate"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-ca-verification-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        verification_code: string;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-cohorts": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cohorts: components["schemas"]["Cohort"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-cohort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    name: string;
                    /** @description A Peridio resource name. */
                    product_prn: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cohort: components["schemas"]["Cohort"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-cohort": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cohort: components["schemas"]["Cohort"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-cohort": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cohort: components["schemas"]["Cohort"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-content-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_checks: components["schemas"]["ContentCheck"][];
                        quarantined_binaries: number;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-content-moves": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_moves: components["schemas"]["ContentMove"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-content-move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Only what is of this artifact. */
                    artifact_prn?: string | null;
                    /** @description Where the content is: PRN of a store, or `server`. */
                    from: string;
                    /** @description Where it goes: PRN of a store, or `server`. */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_move: components["schemas"]["ContentMove"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-content-move": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_move: components["schemas"]["ContentMoveWithRest"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "cancel-a-content-move": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_move: components["schemas"]["ContentMove"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "pause-a-content-move": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_move: components["schemas"]["ContentMove"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "resume-a-content-move": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_move: components["schemas"]["ContentMove"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-content-stores": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_stores: components["schemas"]["ContentStore"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-content-store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentials?: components["schemas"]["StoreCredentials"];
                    name: string;
                    /** @description `s3://BUCKET/PREFIX?region=&endpoint=…`, `gs://BUCKET/PREFIX` or `azblob://CONTAINER/PREFIX?account=…`, with the options of the server's own store but `profile` and `external_id`. */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_store: components["schemas"]["ContentStore"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-content-store": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_store: components["schemas"]["ContentStore"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-content-store": {
        parameters: {
            query?: {
                abandon?: boolean;
            };
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-content-store": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credentials?: components["schemas"]["StoreCredentials"];
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_store: components["schemas"]["ContentStore"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "activate-a-content-store": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_store: components["schemas"]["ContentStore"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "deactivate-a-content-store": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        content_store: components["schemas"]["ContentStore"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "test-a-content-store": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        store_test: components["schemas"]["StoreTest"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-deltas": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deltas: components["schemas"]["Delta"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-deltas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All that the server has, when absent. */
                    algorithms?: ("xdelta3" | "zstd")[];
                    /** @description A Peridio resource name. */
                    from_binary_prn: string;
                    /** @description A Peridio resource name. */
                    to_binary_prn: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deltas: components["schemas"]["Delta"][];
                        /** @description What the server would use, but its programs are not there. */
                        unavailable: ("xdelta3" | "zstd")[];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-delta": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        delta: components["schemas"]["Delta"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-delta": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-device-certificates": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device_certificates: components["schemas"]["DeviceCertificate"][];
                        next_page: string;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-device-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Base64 of the PEM text of one X.509 certificate. */
                    certificate: string;
                    /** @description A Peridio resource name. */
                    device_prn: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device_certificate: components["schemas"]["DeviceCertificate"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-device-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device_certificate: components["schemas"]["DeviceCertificate"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-device-certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "get-device-me": {
        parameters: {
            query?: {
                expand?: string | string[];
                "expand[]"?: string | string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            cohort?: unknown;
                            identifier: string;
                            manifest?: unknown;
                            /** @description A Peridio resource name. */
                            prn: string;
                            quarantined: boolean;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "get-device-update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            deployment_id: null;
                            firmware_meta: null;
                            firmware_url: null;
                            /** @constant */
                            update_available: false;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-devices": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        devices: components["schemas"]["Device"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cohort_prn?: string | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    identifier: string;
                    /** @description A Peridio resource name. */
                    product_prn: string;
                    quarantined?: boolean;
                    /** @description At most 64 words of 1 to 128 characters, or null. */
                    tags?: string[] | null;
                    target?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: components["schemas"]["Device"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: components["schemas"]["Device"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-device": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cohort_prn?: string | null;
                    /** @description 1 to 256 characters, or null. */
                    description?: string | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /** @description A Peridio resource name. */
                    product_prn?: string;
                    quarantined?: boolean;
                    /** @description At most 64 words of 1 to 128 characters, or null. */
                    tags?: string[] | null;
                    target?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: components["schemas"]["Device"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "devices-get-update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What the device runs; one of the three is needed. */
                    bundle_prn?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /** @description What the device runs; one of the three is needed. */
                    release_prn?: string;
                    /** @description What the device runs; one of the three is needed. */
                    release_version?: string;
                    /**
                     * @description Also keeps this as what the device reported. Claims nothing.
                     * @default false
                     */
                    write?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceUpdate"];
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-events": {
        parameters: {
            query?: {
                actor_prn?: string;
                inserted_at_gte?: string;
                inserted_at_lt?: string;
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                resource_prn?: string;
                subtype?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["Event"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "stream-events": {
        parameters: {
            query?: {
                last_event_id?: string;
                resource_prn?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-invitations": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitations: components["schemas"]["Invitation"][];
                        next_page: string | null;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-an-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    /** @enum {string} */
                    role: "admin" | "developer" | "signer" | "viewer";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitation: components["schemas"]["CreatedInvitation"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitation: components["schemas"]["Invitation"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-an-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "accept-an-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Six digits of the authenticator, or a recovery code. */
                    otp?: string;
                    password?: string;
                    token: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            email: string;
                            /** @description A Peridio resource name. */
                            organization_prn: string;
                            username: string;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-org-users": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        org_users: components["schemas"]["OrgUser"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-org-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        org_user: components["schemas"]["OrgUser"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-an-org-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-an-org-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /** @enum {string} */
                    role: "admin" | "developer" | "signer" | "viewer";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        org_user: components["schemas"]["OrgUser"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-an-organization": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organization: components["schemas"]["Organization"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-an-organization": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    required_signatures?: number;
                    separate_signer?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organization: components["schemas"]["Organization"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        overview: components["schemas"]["Overview"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-products": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        products: components["schemas"]["Product"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product: components["schemas"]["Product"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-product": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product: components["schemas"]["Product"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-product": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    archived?: boolean;
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product: components["schemas"]["Product"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-release-claims": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        release_claims: components["schemas"]["ReleaseClaim"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-release-claim": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release_claim: components["schemas"]["ReleaseClaim"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-releases": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        releases: components["schemas"]["Release"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    bundle_prn: string;
                    /** @description A Peridio resource name. */
                    cohort_prn: string;
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    disabled?: boolean;
                    /** @description Failures below this number never halt it. Default: 1. */
                    failure_minimum?: number;
                    /** @description The release halts by itself when this share of the devices that ended have failed; null: never. */
                    failure_share?: number | null;
                    name: string;
                    next_release_prn?: string | null;
                    /** @enum {string} */
                    phase_mode?: "numeric" | "tags";
                    /** @description At most 64 words of 1 to 128 characters, or null. */
                    phase_tags?: string[] | null;
                    /** @description 0 to 1: a share of the cohort; a whole number from 2: a count of devices. 1 means all, for good. */
                    phase_value?: number | null;
                    previous_release_prn?: string | null;
                    required: boolean;
                    schedule_date: string;
                    /** @description A version as Elixir's `Version` takes it (SemVer 2.0), or null. */
                    version?: string | null;
                    /** @description A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null. */
                    version_requirement?: string | null;
                    /** @description A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null. */
                    "version-requirement"?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["Release"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["Release"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    disabled?: boolean;
                    /** @description Failures below this number never halt it. Default: 1. */
                    failure_minimum?: number;
                    /** @description The release halts by itself when this share of the devices that ended have failed; null: never. */
                    failure_share?: number | null;
                    name?: string;
                    next_release_prn?: string | null;
                    /** @enum {string} */
                    phase_mode?: "numeric" | "tags";
                    /** @description At most 64 words of 1 to 128 characters, or null. */
                    phase_tags?: string[] | null;
                    /** @description 0 to 1: a share of the cohort; a whole number from 2: a count of devices. 1 means all, for good. */
                    phase_value?: number | null;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    required?: boolean;
                    schedule_date?: string;
                    /** @description A version as Elixir's `Version` takes it (SemVer 2.0), or null. */
                    version?: string | null;
                    /** @description A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null. */
                    version_requirement?: string | null;
                    /** @description A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null. */
                    "version-requirement"?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["Release"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "pause-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["Release"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "resume-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["Release"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-release-rollout": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rollout: components["schemas"]["Rollout"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "preview-a-release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    bundle_prn: string;
                    /** @description A Peridio resource name. */
                    cohort_prn: string;
                    /** @description 1 to 1,024 characters, or null. */
                    description?: string | null;
                    disabled?: boolean;
                    /** @description Failures below this number never halt it. Default: 1. */
                    failure_minimum?: number;
                    /** @description The release halts by itself when this share of the devices that ended have failed; null: never. */
                    failure_share?: number | null;
                    name?: string;
                    next_release_prn?: string | null;
                    /** @enum {string} */
                    phase_mode?: "numeric" | "tags";
                    /** @description At most 64 words of 1 to 128 characters, or null. */
                    phase_tags?: string[] | null;
                    /** @description 0 to 1: a share of the cohort; a whole number from 2: a count of devices. 1 means all, for good. */
                    phase_value?: number | null;
                    previous_release_prn?: string | null;
                    required?: boolean;
                    /** @description Default: now. */
                    schedule_date?: string;
                    /** @description A version as Elixir's `Version` takes it (SemVer 2.0), or null. */
                    version?: string | null;
                    /** @description A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null. */
                    version_requirement?: string | null;
                    /** @description A requirement as Elixir's `Version` takes it, such as `~> 1.2 or >= 2.0.0`, or null. */
                    "version-requirement"?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        preview: components["schemas"]["ReleasePreview"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-signing-keys": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        signing_keys: components["schemas"]["SigningKey"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-signing-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description Base64 of the raw 32-byte Ed25519 public key, or a PEM public key: Ed25519, RSA ≥ 2048, ECDSA. */
                    value: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signing_key: components["schemas"]["SigningKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-signing-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signing_key: components["schemas"]["SigningKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-signing-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-signing-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /**
                     * @description Revokes the key for good: it signs nothing more.
                     * @constant
                     */
                    revoked?: true;
                    /** @description Base64 of the raw 32-byte Ed25519 public key, or a PEM public key: Ed25519, RSA ≥ 2048, ECDSA. */
                    value?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signing_key: components["schemas"]["SigningKey"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-storage-figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        storage_figures: components["schemas"]["StorageFigures"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-device-tunnels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: null;
                        tunnels: unknown[];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "get-update": {
        parameters: {
            query?: {
                expand?: string | string[];
                "expand[]"?: string | string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpandedUpdate"];
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "report-update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    bundle_prn: string;
                    /** @description Why it failed, in words. */
                    detail?: string | null;
                    release_prn?: string | null;
                    /** @enum {string} */
                    state: "downloading" | "installing" | "installed" | "failed" | "rolled_back";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description False for a release that the device was never served, and for what came by an override. */
                        recorded: boolean;
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        usage: components["schemas"]["Usage"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "authenticate-a-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email?: string;
                    /** @description Six digits of the authenticator, or a recovery code. */
                    otp?: string;
                    password: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            email: string;
                            /** @description A Peridio resource name. */
                            organization_prn: string;
                            username: string;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "get-user-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            email: string;
                            /** @description A Peridio resource name. */
                            organization_prn: string;
                            username: string;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "switch-organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    organization_prn: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: {
                            email: string;
                            /** @description A Peridio resource name. */
                            organization_prn: string;
                            username: string;
                        };
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organizations: components["schemas"]["Membership"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: components["schemas"]["Session"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "revoke-a-session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "enrol-totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        totp: components["schemas"]["TotpSecret"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "confirm-totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Six digits of the authenticator, or a recovery code. */
                    otp: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "disable-totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-webhook-deliveries": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        webhook_deliveries: components["schemas"]["WebhookDelivery"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-webhook-delivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_delivery: components["schemas"]["WebhookDeliveryWithAttempts"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "redeliver-a-webhook-delivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook_delivery: components["schemas"]["WebhookDelivery"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "list-webhooks": {
        parameters: {
            query?: {
                limit?: number;
                order?: "asc" | "desc";
                page?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next_page: string | null;
                        webhooks: components["schemas"]["Webhook"][];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "create-a-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string | null;
                    /** @description Which events are delivered. Hyphens are taken for underscores. */
                    enabled_events?: ("api_key.created" | "api-key.created" | "api_key.deleted" | "api-key.deleted" | "api_key.revoked" | "api-key.revoked" | "api_key.rotated" | "api-key.rotated" | "artifact.archived" | "artifact.held" | "artifact.unarchived" | "artifact_version.archived" | "artifact-version.archived" | "artifact_version.unarchived" | "artifact-version.unarchived" | "binary.archived" | "binary.content_archived" | "binary.content-archived" | "binary.content_restored" | "binary.content-restored" | "binary.created" | "binary.deleted" | "binary.destroyed" | "binary.hash_failed" | "binary.hash-failed" | "binary.hashable" | "binary.hashing" | "binary.held" | "binary.quarantined" | "binary.reset" | "binary.restored" | "binary.signable" | "binary.signed" | "binary.unarchived" | "binary.unusual_download" | "binary.unusual-download" | "binary.upload_expired" | "binary.upload-expired" | "binary.upload_expiring" | "binary.upload-expiring" | "binary_signature.created" | "binary-signature.created" | "binary_signature.deleted" | "binary-signature.deleted" | "bundle.withheld" | "device.authentication_failed" | "device.authentication-failed" | "device.checked_for_release" | "device.checked-for-release" | "device.claimed_release" | "device.claimed-release" | "device.connected" | "device.release_changed" | "device.release-changed" | "device.updated" | "release.created" | "release.deleted" | "release.halted" | "release.paused" | "release.resumed" | "release.updated" | "signing_key.revoked" | "signing-key.revoked" | "webhook.test_fire" | "webhook.test-fire")[];
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["WebhookWithSecret"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "retrieve-a-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "delete-a-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "update-a-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    description?: string | null;
                    /** @description Which events are delivered. Hyphens are taken for underscores. */
                    enabled_events?: ("api_key.created" | "api-key.created" | "api_key.deleted" | "api-key.deleted" | "api_key.revoked" | "api-key.revoked" | "api_key.rotated" | "api-key.rotated" | "artifact.archived" | "artifact.held" | "artifact.unarchived" | "artifact_version.archived" | "artifact-version.archived" | "artifact_version.unarchived" | "artifact-version.unarchived" | "binary.archived" | "binary.content_archived" | "binary.content-archived" | "binary.content_restored" | "binary.content-restored" | "binary.created" | "binary.deleted" | "binary.destroyed" | "binary.hash_failed" | "binary.hash-failed" | "binary.hashable" | "binary.hashing" | "binary.held" | "binary.quarantined" | "binary.reset" | "binary.restored" | "binary.signable" | "binary.signed" | "binary.unarchived" | "binary.unusual_download" | "binary.unusual-download" | "binary.upload_expired" | "binary.upload-expired" | "binary.upload_expiring" | "binary.upload-expiring" | "binary_signature.created" | "binary-signature.created" | "binary_signature.deleted" | "binary-signature.deleted" | "bundle.withheld" | "device.authentication_failed" | "device.authentication-failed" | "device.checked_for_release" | "device.checked-for-release" | "device.claimed_release" | "device.claimed-release" | "device.connected" | "device.release_changed" | "device.release-changed" | "device.updated" | "release.created" | "release.deleted" | "release.halted" | "release.paused" | "release.resumed" | "release.updated" | "signing_key.revoked" | "signing-key.revoked" | "webhook.test_fire" | "webhook.test-fire")[];
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /** @enum {string} */
                    state?: "enabled" | "disabled";
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["Webhook"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "roll-webhook-secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description A Peridio resource name. */
                    prn?: string;
                    /**
                     * @description Seconds for which deliveries are signed with the old secret as well.
                     * @default 0
                     */
                    webhook_ttl?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhook: components["schemas"]["WebhookWithSecret"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "test-fire-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        event: components["schemas"]["Event"];
                    };
                };
            };
            /** @description The request can't be read: JSON, a parameter, or the search. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No API key, or one that isn't known. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No such thing in this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A conflict with something that exists. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description A field or the state forbids it: field → messages. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is held until a date; nobody can remove it before. */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
