"""Pelican's settings for the same site: papers, days as categories, topics as tags, feeds."""

SITENAME = "Papers"
SITEURL = "https://example.org"
PATH = "content"
THEME = "theme"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_URL = ARTICLE_SAVE_AS = "papers/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "days/{slug}.html"
TAG_URL = TAG_SAVE_AS = "topics/{slug}.html"
TAGS_SAVE_AS = "topics.html"
CATEGORIES_SAVE_AS = "days.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "categories", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"tag": 100}
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_RSS = "index.xml"
TAG_FEED_RSS = "topics/{slug}.xml"
FEED_MAX_ITEMS = 100
RSS_FEED_SUMMARY_ONLY = False
SUMMARY_MAX_LENGTH = None
MARKDOWN = {"output_format": "html5"}
