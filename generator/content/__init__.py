"""The content folder: entries that people edit, read and written."""
