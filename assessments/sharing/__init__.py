"""Links to read a report by: made and revoked by whoever may work on it, opened by somebody without an account."""
