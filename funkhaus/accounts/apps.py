"""The app of accounts: users, their tokens and second factors."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "funkhaus.accounts"
    label = "accounts"
