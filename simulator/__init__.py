"""A Telegram on your desk: a Bot API server with people in it, for tests, storms and the demo. Stands alone."""
