# CloudFront before the server: downloads are kept at the edge, all else passes through.
#
# Content is the same under its hash for ever, and its answers say for how long they may be kept: as long as the link
# lives. The token stays part of the key, so that a link that nobody has yet is always asked of the server.
# What the edge answers the server doesn't see; README.md says what follows from that.

variable "origin" {
  description = "Name under which CloudFront reaches the server, such as origin.example.com; https, a public certificate"
  type        = string
}

variable "name" {
  description = "Name that clients use, such as peridio.example.com; PERIDIO_PUBLIC_URL is https:// and this"
  type        = string
}

variable "certificate_arn" {
  description = "Certificate for that name, in us-east-1"
  type        = string
}

variable "origin_secret" {
  description = "Value of a header by which the origin's proxy knows that a request came by way of CloudFront"
  type        = string
  sensitive   = true
}

resource "aws_cloudfront_cache_policy" "content" {
  name        = "open-peridio-content"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000
  parameters_in_cache_key_and_forwarded_to_origin {
    # Compressed content would have another length and no ranges.
    enable_accept_encoding_gzip   = false
    enable_accept_encoding_brotli = false
    query_strings_config {
      query_string_behavior = "whitelist"
      query_strings { items = ["token"] }
    }
    headers_config { header_behavior = "none" }
    cookies_config { cookie_behavior = "none" }
  }
}

data "aws_cloudfront_cache_policy" "none" {
  name = "Managed-CachingDisabled"
}

# All of the request, and the client's country for PERIDIO_COUNTRY_HEADER=cloudfront-viewer-country.
resource "aws_cloudfront_origin_request_policy" "all" {
  name = "open-peridio-all"
  headers_config {
    header_behavior = "allViewerAndWhitelistCloudFront"
    headers { items = ["CloudFront-Viewer-Country"] }
  }
  query_strings_config { query_string_behavior = "all" }
  cookies_config { cookie_behavior = "all" }
}

resource "aws_cloudfront_distribution" "peridio" {
  enabled         = true
  is_ipv6_enabled = true
  # HTTP/2 and 3 to the client; to the origin it is always 1.1.
  http_version = "http2and3"
  aliases      = [var.name]

  origin {
    origin_id   = "server"
    domain_name = var.origin
    custom_header {
      name  = "x-origin-secret"
      value = var.origin_secret
    }
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      # Silence of the origin; 60 is the most without asking AWS for more.
      origin_read_timeout      = 60
      origin_keepalive_timeout = 60
    }
  }

  default_cache_behavior {
    target_origin_id         = "server"
    viewer_protocol_policy   = "https-only"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = false
    cache_policy_id          = data.aws_cloudfront_cache_policy.none.id
    origin_request_policy_id = aws_cloudfront_origin_request_policy.all.id
  }

  ordered_cache_behavior {
    path_pattern             = "/cdn/binaries/*"
    target_origin_id         = "server"
    viewer_protocol_policy   = "https-only"
    allowed_methods          = ["GET", "HEAD", "OPTIONS"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = false
    cache_policy_id          = aws_cloudfront_cache_policy.content.id
    origin_request_policy_id = aws_cloudfront_origin_request_policy.all.id
  }

  # A link that is refused now may be good in a moment, when the binary is signed anew.
  dynamic "custom_error_response" {
    for_each = [403, 404, 500, 502, 503, 504]
    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction { restriction_type = "none" }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
