"""The e-mail edition of a digest or a week: composed, addressed, sent once."""
