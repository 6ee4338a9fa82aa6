"""The account for trying out. Everybody can read its password here, so it opens only where GROUNDWORK_DEBUG is on."""

ADDRESS = "demo@example.com"
PASSWORD = "one quiet river under stars"  # noqa: S105  shown on the page on which it is asked for
