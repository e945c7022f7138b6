"""Rules: pure functions from what was typed to a verdict. The sentences stand in ``content/words``."""
