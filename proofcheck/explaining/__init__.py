"""Terms, certificates and witnesses as mathematics for readers; nothing here decides anything."""
