unknown-command = There is no such command. See /help for the list, or just write in your own words.
stale-button = This button no longer works. Please look at the messages below.
apology = We could not handle your message, and that is our mistake. We already know about it. Please try once more.
parked-update =
    ⚠️ One message could not be handled in three attempts and was set aside. The person got an apology.
    Where: <code>{ $where }</code>. Details are in the bot's log. You will not hear of this error again today.
