"""A migration that breaks: all those of ``assessments``, and one more behind them."""
