"""Pages into text: templates, words of the interface, colours, pictures, scripts."""
