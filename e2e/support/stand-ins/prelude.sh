# Read by bash before a block. Two of the seed's variables are never set by the seed, though they have another value at
# each use: the binary that was just created, and the number of the part. A trap keeps them up to date.
unset BASH_ENV
trap '
  case $BASH_COMMAND in
    "peridio binaries upload "*)
      BINARY_PRN=$(curl -sG -H "Authorization: Bearer $PERIDIO_API_KEY" -d limit=1 \
        --data-urlencode "search=artifact_version_prn:'"'"'$VERSION_PRN'"'"'" "$PERIDIO_BASE_URL/binaries" |
        grep -o "prn:1:[^\"]*:binary:[^\"]*" | head -n 1)
      ;;
    "peridio binary-parts create "*) NUMBER=$((${NUMBER:-0} + 1)) ;;
  esac
' DEBUG
