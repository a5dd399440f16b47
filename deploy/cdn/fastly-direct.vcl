# Fastly before the content itself, without the server: for an origin of kind "hmac" and dialect "fastly". Part of a custom
# VCL, into the subroutine of its name after Fastly's own macro. The backend is whatever has the content under its keys and
# lets in only Fastly: a bucket, an nginx before the files. What follows stands in docs/delivery.md.

sub vcl_recv {
#FASTLY recv

  if (req.method != "GET" && req.method != "HEAD") {
    error 405 "Only GET and HEAD";
  }

  # At the edge that the client reached, once: behind it the token is gone.
  if (fastly.ff.visits_this_service == 0 && req.restarts == 0) {
    declare local var.token STRING;
    declare local var.expires STRING;
    declare local var.signature STRING;

    set var.token = querystring.get(req.url, "token");
    if (var.token !~ "^([0-9]{10,11})_([0-9a-f]{64})$") {
      error 403 "No valid token";
    }
    set var.expires = re.group.1;
    set var.signature = "0x" + re.group.2;
    # The secret stands in a private dictionary, `origin_secrets`, under `secret`.
    if (!digest.secure_is_equal(
          var.signature,
          digest.hmac_sha256(table.lookup(origin_secrets, "secret"), req.url.path + var.expires))) {
      error 403 "No valid token";
    }
    # Not 410, which tells clients that the content is gone.
    if (time.is_after(now, std.integer2time(std.atoi(var.expires)))) {
      error 403 "The link has expired";
    }
  }

  # All links to the same content share what is kept.
  set req.url = req.url.path;
  set req.enable_segmented_caching = true;
  set segmented_caching.block_size = 10485760;
  return(lookup);
}

sub vcl_fetch {
#FASTLY fetch

  # Content never changes under its key.
  if (beresp.status == 200 || beresp.status == 206) {
    set beresp.ttl = 30d;
    return(deliver);
  }
  set beresp.cacheable = false;
  return(pass);
}
