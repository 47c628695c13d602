from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "funkhaus.ingest"
    label = "ingest"
