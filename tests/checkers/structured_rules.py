"""What each type of structured data must say, should say and may say.

The vocabulary is that of https://schema.org; what search engines ask for beyond it is named at each type. A page of
ours says everything that it should: what is only recommended elsewhere counts as missing here.
"""

from __future__ import annotations

from dataclasses import dataclass

ORGANIZATION = frozenset({"NewsMediaOrganization"})
SIGNED_BY = ORGANIZATION | {"Person"}


@dataclass(frozen=True)
class Kind:
    """A type: properties that must, should and may be there, and of which types the things in them are."""

    must: frozenset[str]
    should: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    things: tuple[tuple[str, frozenset[str]], ...] = ()


_STORY = {"headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "description"}
_STORY_THINGS = (
    ("author", SIGNED_BY),
    ("publisher", ORGANIZATION),
    ("correction", frozenset({"CorrectionComment"})),
)
# https://developers.google.com/search/docs/appearance/structured-data/video: name, thumbnailUrl, uploadDate are
# required; contentUrl, embedUrl, description, duration recommended; expires only where a video ends.
_MEDIA = Kind(
    must=frozenset({"name", "uploadDate"}),
    should=frozenset({"thumbnailUrl", "description", "duration", "contentUrl", "publisher"}),
    may=frozenset({"embedUrl", "expires", "inLanguage", "isFamilyFriendly", "correction"}),
    things=(("publisher", ORGANIZATION), ("correction", frozenset({"CorrectionComment"}))),
)

KINDS = {
    # https://developers.google.com/search/docs/appearance/structured-data/article: author with name and url,
    # both dates with their zone, headline, image. https://schema.org/correction
    "NewsArticle": Kind(
        must=frozenset({"headline", "datePublished"}),
        should=frozenset(_STORY | {"image"}),
        may=frozenset({"inLanguage", "correction"}),
        things=_STORY_THINGS,
    ),
    # https://schema.org/LiveBlogPosting: the span of coverage, the posts. Rest as for articles.
    "LiveBlogPosting": Kind(
        must=frozenset({"headline", "datePublished", "coverageStartTime", "liveBlogUpdate"}),
        should=frozenset(_STORY | {"image", "url"}),
        may=frozenset({"inLanguage", "correction", "coverageEndTime"}),
        things=(*_STORY_THINGS, ("liveBlogUpdate", frozenset({"BlogPosting"}))),
    ),
    "BlogPosting": Kind(
        must=frozenset({"headline", "datePublished", "articleBody"}),
        should=frozenset({"url", "author"}),
        may=frozenset({"image", "correction"}),
        things=_STORY_THINGS,
    ),
    "CorrectionComment": Kind(must=frozenset({"text", "datePublished"})),
    "VideoObject": Kind(
        must=_MEDIA.must | {"thumbnailUrl"},
        should=_MEDIA.should | {"embedUrl"},
        may=_MEDIA.may,
        things=_MEDIA.things,
    ),
    "AudioObject": _MEDIA,
    # https://developers.google.com/search/docs/appearance/structured-data/breadcrumb: at least two places
    "BreadcrumbList": Kind(
        must=frozenset({"itemListElement"}), things=(("itemListElement", frozenset({"ListItem"})),)
    ),
    "ListItem": Kind(must=frozenset({"position", "name", "item"})),
    # https://developers.google.com/search/docs/appearance/structured-data/profile-page
    "ProfilePage": Kind(must=frozenset({"mainEntity"}), things=(("mainEntity", frozenset({"Person"})),)),
    "Person": Kind(
        must=frozenset({"name"}), should=frozenset({"url"}), may=frozenset({"jobTitle", "image", "description"})
    ),
    # https://developers.google.com/search/docs/appearance/structured-data/organization
    "NewsMediaOrganization": Kind(
        must=frozenset({"name"}), should=frozenset({"url"}), may=frozenset({"logo", "correctionsPolicy"})
    ),
    # https://developers.google.com/search/docs/appearance/site-names
    "WebSite": Kind(
        must=frozenset({"name", "url"}), should=frozenset({"publisher"}), things=(("publisher", ORGANIZATION),)
    ),
}  # fmt: skip
MOMENTS = {
    "datePublished", "dateModified", "uploadDate", "expires", "coverageStartTime", "coverageEndTime",
}  # fmt: skip
ADDRESSES = {
    "url", "image", "thumbnailUrl", "contentUrl", "embedUrl", "item", "logo", "mainEntityOfPage", "correctionsPolicy",
}  # fmt: skip
IN_ORDER = (
    ("datePublished", "dateModified"), ("coverageStartTime", "coverageEndTime"), ("uploadDate", "expires"),
)  # fmt: skip
