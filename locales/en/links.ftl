link-gone = This link is no longer good. Write to us in Telegram and we will send you what you were looking for.
link-later = The page cannot be opened this minute. Please try again in a moment, or write to us in Telegram.
link-back = { $business } in Telegram
