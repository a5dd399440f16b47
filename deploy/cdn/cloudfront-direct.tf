# CloudFront before the bucket itself, without the server: for an origin of kind "cloudfront". Only signed URLs get
# through, by the public half of the key that the server has. What follows stands in docs/delivery.md.
#
#   openssl genrsa -out cloudfront.pem 2048 && openssl rsa -in cloudfront.pem -pubout -out cloudfront.pub

variable "bucket" {
  description = "Name of the bucket in PERIDIO_CONTENT_URL"
  type        = string
}

variable "public_key_file" {
  description = "The public half of the key, PEM"
  type        = string
}

data "aws_s3_bucket" "content" {
  bucket = var.bucket
}

resource "aws_cloudfront_public_key" "links" {
  name        = "open-peridio-links"
  encoded_key = file(var.public_key_file)
}

# To change the key: add the new one here, give it to the server, and take the old one away when its links have expired.
resource "aws_cloudfront_key_group" "links" {
  name  = "open-peridio-links"
  items = [aws_cloudfront_public_key.links.id]
}

resource "aws_cloudfront_origin_access_control" "content" {
  name                              = "open-peridio-content"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# Nothing of the query is part of the key. What the signature is made of CloudFront takes away itself.
resource "aws_cloudfront_cache_policy" "direct" {
  name        = "open-peridio-direct"
  min_ttl     = 86400
  default_ttl = 2592000
  max_ttl     = 31536000
  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip   = false
    enable_accept_encoding_brotli = false
    query_strings_config { query_string_behavior = "none" }
    headers_config { header_behavior = "none" }
    cookies_config { cookie_behavior = "none" }
  }
}

resource "aws_cloudfront_distribution" "direct" {
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"

  origin {
    origin_id                = "bucket"
    domain_name              = data.aws_s3_bucket.content.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.content.id
  }

  default_cache_behavior {
    target_origin_id       = "bucket"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = false
    cache_policy_id        = aws_cloudfront_cache_policy.direct.id
    trusted_key_groups     = [aws_cloudfront_key_group.links.id]
  }

  # A file that another region doesn't have yet may be there in a moment.
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
    cloudfront_default_certificate = true
  }
}

# Add it to the policy that the bucket has.
data "aws_iam_policy_document" "bucket" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${data.aws_s3_bucket.content.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "AWS:SourceArn"
      values   = [aws_cloudfront_distribution.direct.arn]
    }
  }
}

output "bucket_policy" {
  value = data.aws_iam_policy_document.bucket.json
}

output "url" {
  description = "With the prefix of PERIDIO_CONTENT_URL behind it, the url of the origin"
  value       = "https://${aws_cloudfront_distribution.direct.domain_name}"
}

output "key_pair_id" {
  value = aws_cloudfront_public_key.links.id
}
