from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "funkhaus.newsroom"
    label = "newsroom"
