"""What the newsroom stores."""

from funkhaus.newsroom.models.article import ArticlePage
from funkhaus.newsroom.models.correction import Correction
from funkhaus.newsroom.models.liveblog import LiveblogPage, LivePost
from funkhaus.newsroom.models.section import NewsIndexPage, SectionPage
from funkhaus.newsroom.models.withdrawal import Withdrawal

__all__ = ["ArticlePage", "Correction", "LivePost", "LiveblogPage", "NewsIndexPage", "SectionPage", "Withdrawal"]
