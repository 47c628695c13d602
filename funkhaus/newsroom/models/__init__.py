"""The models of the newsroom."""

from funkhaus.newsroom.models.approval_task import ApprovalTask
from funkhaus.newsroom.models.article import ArticlePage
from funkhaus.newsroom.models.author import Author
from funkhaus.newsroom.models.breaking import BreakingNews
from funkhaus.newsroom.models.caption_exception import CaptionException
from funkhaus.newsroom.models.correction import Correction
from funkhaus.newsroom.models.drawn_share_card import ShareCard
from funkhaus.newsroom.models.list_index import StoryListing
from funkhaus.newsroom.models.liveblog import LiveblogPage, LivePost
from funkhaus.newsroom.models.programme_reference import ProgrammeReference, TimecodeField
from funkhaus.newsroom.models.section import NewsIndexPage, SectionPage
from funkhaus.newsroom.models.shelf import Shelf, ShelfKind
from funkhaus.newsroom.models.standing import StandingPage
from funkhaus.newsroom.models.topic import TopicLead, TopicPage
from funkhaus.newsroom.models.withdrawal import Withdrawal

__all__ = [
    "ApprovalTask",
    "ArticlePage",
    "Author",
    "BreakingNews",
    "CaptionException",
    "Correction",
    "LivePost",
    "LiveblogPage",
    "NewsIndexPage",
    "ProgrammeReference",
    "SectionPage",
    "ShareCard",
    "Shelf",
    "ShelfKind",
    "StandingPage",
    "StoryListing",
    "TimecodeField",
    "TopicLead",
    "TopicPage",
    "Withdrawal",
]
