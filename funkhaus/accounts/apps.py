"""Accounts: who may log in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "funkhaus.accounts"
    label = "accounts"
