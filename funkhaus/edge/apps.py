"""The edge: what stands before Django in the web process, and what keeps web and worker running."""

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "funkhaus.edge"
    label = "edge"
