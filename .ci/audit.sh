#!/bin/sh
# Asks the OSV database whether a locked package has a known vulnerability. The only thing here that needs the network.
# Ends with 0 if none is known, 1 if one is, and 2 if nobody could be asked.
set -u
cd "$(dirname "$0")/.."
uv=.uv/bin/uv
[ -x "$uv" ] || uv=$(command -v uv) || { echo "uv was not found: run make setup first." >&2; exit 2; }
said=$(UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 UV_PREVIEW_FEATURES=audit-command "$uv" audit --frozen --no-dev "$@" 2>&1)
status=$?
printf '%s\n' "$said"
case $said in
    *"unrecognized subcommand"*)
        echo "This uv cannot audit: remove .uv/bin/uv and run make setup for a newer one." >&2; exit 2 ;;
    *"error sending request"* | *"Request failed"* | *"dns error"*)
        echo "The vulnerability database (https://api.osv.dev) cannot be reached from here, so nothing was checked." >&2
        echo "Run it where it can be, at least once a week, or name a mirror: make audit AUDIT='--service-url https://...'" >&2
        exit 2 ;;
esac
[ "$status" = 0 ] || echo "Patch within 48 hours if critical, 7 days if high, 30 days otherwise: see docs/security.md." >&2
exit "$status"
