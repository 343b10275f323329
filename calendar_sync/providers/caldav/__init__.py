"""CalDAV (RFC 4791) with collection synchronisation (RFC 6578): Nextcloud, iCloud, Fastmail, Radicale and others."""
