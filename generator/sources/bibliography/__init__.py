"""Reading lists of reference managers: BibTeX, RIS, CSL-JSON."""
