"""Telling by views, one file a journey."""
