"""From the content folder to the site: only what is stale is made again."""
