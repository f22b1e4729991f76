"""All papers together: by day, period and topic, and which are alike."""
