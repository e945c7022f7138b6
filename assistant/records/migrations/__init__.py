"""The steps from an empty database to today's, run by the store when it opens."""
