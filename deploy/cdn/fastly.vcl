# Fastly before the server: downloads are kept at the edge, all else passes through. Parts of a custom VCL; each goes
# into the subroutine of its name, after Fastly's own macro. What follows from keeping content stands in README.md.

sub vcl_recv {
#FASTLY recv

  # What a client says of itself doesn't count. Fastly then sets X-Forwarded-For's last element to who connected.
  if (fastly.ff.visits_this_service == 0) {
    unset req.http.X-Forwarded-For;
    set req.http.X-Forwarded-Host = req.http.Host;
    set req.http.X-Forwarded-Proto = if(req.is_ssl, "https", "http");
    # PERIDIO_COUNTRY_HEADER=x-country
    set req.http.X-Country = client.geo.country_code;
  }

  if (req.method != "GET" && req.method != "HEAD") {
    return(pass);
  }
  if (req.url.path !~ "^/cdn/binaries/") {
    return(pass);
  }
  # Of the query only the token is part of the key; it stays there, so that a link that nobody has yet is asked of the
  # server.
  set req.url = querystring.filter_except(req.url, "token");
  # Large content in pieces: ranges are then answered from the cache, and there is no limit of an object's size.
  set req.enable_segmented_caching = true;
  set segmented_caching.block_size = 10485760;
  return(lookup);
}

sub vcl_fetch {
#FASTLY fetch

  # How long content may be kept, as long as the link lives, the server says itself.
  if (req.url.path ~ "^/cdn/binaries/" && (beresp.status == 200 || beresp.status == 206)) {
    return(deliver);
  }
  # Refusals may be over in a moment.
  set beresp.cacheable = false;
  return(pass);
}
