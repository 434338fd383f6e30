guest = Guest #{ $number }
nobody = nobody yet
colleague = a colleague
age-minutes = { $count ->
    [0] just now
   *[other] { $count } min
}
age-hours = { $count } h
age-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
button-take = ✋ Take
button-card = 👤 Card
button-done = ✅ Done
button-lost = ❌ Lost
button-spam = 🚫 Spam
button-unspam = ♻️ Not spam
button-reopen = ♻️ Reopen
button-write = ✉️ Write
button-reply = ✉️ Reply
button-back = ← Back
button-cancel = Cancel
request-number = Request no. { $number }
request-came = Came { $when }
request-source = Source: { $source }
request-is-new = Waiting for somebody to take it
request-is-taken = { $owner } is on it
request-is-done = Done · { $owner }
request-is-lost = Lost: { $reason } · { $owner }
request-is-withdrawn = Withdrawn by the customer
request-taken-back = The customer took request no. { $number } back.
request-is-spam = Spam: hidden, and silent until undone
team-stage-new = new
team-stage-taken = in work
team-stage-done = done
team-stage-lost = lost
team-stage-spam = spam
team-stage-withdrawn = withdrawn
lost-ask = Why is request no. { $number } ({ $name }) lost?
lost-other = Another reason…
lost-type = Write why request no. { $number } is lost: a few words.
digest-came = 🔔 <b>{ $count ->
    [one] { $count } new request
   *[other] { $count } new requests
} within a minute</b>
digest-waiting = { $count ->
    [one] { $count } open request
   *[other] { $count } open requests
} in the queue.
digest-oldest = The longest wait: { $age }.
digest-open = Open the queue
told-taken = Your request no. { $number } is being worked on. We will write to you here.
told-done = Your request no. { $number } is done. Thank you for being with us!
wrote = writes:
wrote-edited = corrected their message:
wrote-request = Open request no. { $number }
wrote-below = <i>The message is right below.</i>
wrote-answered = ✅ { $name } answered at { $clock }
write-ask = What shall I send to <b>{ $name }</b>? Text, a photo, a file or a voice message: it goes exactly as you send it.
write-sent = Sent to <b>{ $name }</b>.
write-waits = It is night where <b>{ $name }</b> is, and they have not written lately. Your message leaves { $when }.
write-failed = ⚠️ <b>{ $name }</b> did not get your message: they have blocked the bot or left Telegram. Try calling.
