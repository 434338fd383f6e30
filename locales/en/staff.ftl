refused-right = You may look, but not change this. Ask the owner if you need to.
refused-owners = Only owners may do this. Ask one of them if you need it.
refused-elsewhere = Here I do not talk about customers: only in the team's group, or with you alone.
refused-stale = This button no longer works. Please look at the newer messages.
refused-contact-gone = There is no card no. { $id }.
refused-request-unknown = There is no request no. { $number }.
refused-taken = { $name } was first and has taken it.
refused-taken-yours = You have it already.
refused-stage = { $stage ->
    [done] It is done already. Reopen it if it is not.
    [lost] It is closed as lost. Reopen it if it is not.
    [withdrawn] The customer has withdrawn it.
    [spam] It is spam. Undo that first.
   *[other] This cannot be done with it now.
}
refused-open = It is open already.
refused-reason = Please write the reason in a few words.
refused-spam-already = They are marked as spam already.
refused-spam-not = They are not marked as spam.
refused-write-spam = They are marked as spam. Undo that to write to them.
refused-write-telegram = They are not on Telegram: the card was added by the team. Try calling.
refused-write-blocked = They have blocked the bot or left Telegram, so nothing would arrive. Try calling.
refused-tags-none = Please name at least one tag.
refused-tag-unknown = There is no such tag any more.
refused-note-empty = There is nothing to note in this message. Please write it in words.
refused-note-long = That is too long for a note: 2,000 characters at most.
refused-field = This field cannot be changed here.
refused-personal = They have not agreed to their data being kept. If they agree in words, note that on the card first.
refused-member = There is no such colleague in the team now.
refused-point = This phone or e-mail is not on the card any more.
refused-plan-gone = This question is over. Please begin anew.
refused-plan-past = That time has passed meanwhile. Please choose another.
refused-task = There is no such task of yours.
refused-task-done = It is done already.
refused-reminder-gone = It has left already, or was taken back.
refused-add-needed = Please answer this first.
refused-agreed = They have agreed already.
flow-expired = That question has waited too long, so nothing was done. Please begin anew.
flow-open = ✍️ A question is still open: your next message answers it.
dropped = Cancelled.
dropped-late = This question is closed already, and nothing is cancelled by it: what was recorded stays. It can be corrected on the card; a purchase is refunded in its history of purchases.
write-over = Everything is sent. What you have just written was not: press “Write” again, or use /find.
did-take = It is yours
did-done = Done!
did-lost = Closed as lost
did-reopen = Reopened
did-spam = Hidden and silent
did-unspam = No longer spam
usage-card = Whose card? Write /card 12, reply with /card to a message about them, or look for them by name.
usage-tag = Write /tag 12 vip wholesale: the card's number, then the tags. Or press “Tags” on the card.
usage-untag = Write /untag 12 vip: the card's number, then the tags to take off. Or press “Tags” on the card.
usage-note = Write /note 12 and the text. Or reply with /note to a message about them.
usage-remind = Write /remind 12 tomorrow at 15:00 and the text. Or press “Remind” on the card.
find-ask = Whom are we looking for? Write a name or a part of it, the last digits of a phone, @username, #tag.
find-nothing = Nobody like “{ $query }”. Try a part of the name, the last four digits of the phone, @username or #tag.
find-nobody-fits = Nobody fits “{ $query }” now. Leave a condition out, or build the question with buttons: /segment.
find-exactly = “{ $query }”: { $count ->
    [one] { $count } person
   *[other] { $count } people
}
find-about = “{ $query }”: { $count ->
    [one] { $count } person
   *[other] { $count } people
} or more
find-open = { $count ->
    [one] { $count } open request
   *[other] { $count } open requests
}
find-mistake = ⚠️ “{ $piece }”: { $reason }. I looked for it as plain words.
find-corrected = Did you mean: <code>{ $query }</code>?
find-mistake-unknown-field = there is no such field
find-mistake-unknown-option = this field has no such value
find-mistake-unknown-unit = use h, d, w, m or y for a time
find-mistake-no-value = a value is missing
find-mistake-not-a-number = a number is expected
find-mistake-not-a-time = a time is expected, such as 90d or 2026-11-25
find-mistake-not-yes-or-no = yes or no is expected
find-mistake-not-digits = digits are expected
find-mistake-not-comparable = this field cannot be compared with more or less
find-mistake-one-value = only one value can be compared
find-mistake-needs-comparison = it needs <, > or =
find-mistake-empty-range = the range begins after its end
find-mistake-free-words = plain words are not possible here
find-mistake-nothing-to-find = there is nothing to look for in it
find-mistake-unclosed-quote = the quotation mark is not closed
find-mistake-unclosed-bracket = the bracket is not closed
find-mistake-extra-bracket = there is a bracket too many
find-mistake-empty-bracket = the brackets are empty
find-mistake-dangling-or = something is missing beside “or”
find-mistake-too-long = it is too long
find-mistake-too-deep = too many brackets inside each other
rest-hint = Write a name, the last digits of a phone, @username or #tag, and I will find the person. To answer a customer, reply to their message. Everything else: /help.
queue-empty = The queue is empty. Well done!
queue-open = { $count ->
    [one] { $count } open request
   *[other] { $count } open requests
}, the oldest first
tasks-none = You have no tasks. Make one with /task tomorrow at 10 call the supplier.
tasks-open = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
}
task-hour = +1 h
task-tomorrow = Tomorrow
task-finish = ✅ Done
task-done = Done
task-due = Time for a task
task-kept = ⏰ I will remind you { $when }:
task-moved = I will remind you { $when }
task-ask-time = When shall I remind you? For example: tomorrow at 15, on Friday at 10:30, in 2 hours.
task-ask-text = { $when }. What shall I remind you of?
plan-ask-clock = { $day }. At what time?
plan-ask-day = At { $clock }. On which day?
plan-ask-which = Which one do you mean?
remind-ask-time = When shall { $name } be reminded? For example: tomorrow at 15, on Friday at 10:30, in 2 hours.
remind-ask-text = { $when }. What shall I write to { $name }?
remind-confirm = To <b>{ $name }</b>:
remind-when = Leaves: <b>{ $when }</b>, by the customer's clock ({ $zone }).
remind-yours = By your clock: { $when }.
remind-held = ⚠️ These are quiet hours: it will wait until { $when }.
remind-send = ✅ Send then
remind-change = Another time
remind-planned = 🔔 { $name } will be reminded { $when } ({ $zone }).
add-ask-name = What is the person called? A name, or @username if you know it.
add-ask-phone = Their phone?
add-ask-email = Their e-mail?
add-ask-source = Where did they come from? Press, or write.
add-ask-note = Anything to note about them?
add-username = @{ $username }: noted. And the name?
add-skip = Skip
add-consent = Did the person agree, in words or on paper, that we keep this? The text they agree to:
add-agreed = ✅ Yes, agreed
add-not-agreed = No: only a card without name and contacts
add-twin = This may be somebody we know:
add-same = It is them: open the card
add-other = Somebody else: go on
add-made = ➕ Added: <b>{ $name }</b>
add-made-guest = ➕ Added without personal data: <b>{ $name }</b>. What you typed was not kept.
consent-in-words = (Agreed in words; noted by { $name }.)
source-walk-in = Walked in
source-call = Called
source-advice = Was advised
role-owner = owner
role-manager = manager
role-viewer = viewer
door-hello = Hello, <b>{ $name }</b>! You are here as { $role }.
door-queue = { $count ->
    [0] No open requests right now.
    [one] { $count } open request is waiting.
   *[other] { $count } open requests are waiting.
}
door-tasks = { $count ->
    [one] { $count } task of yours.
   *[other] { $count } tasks of yours.
}
door-find = Write a name or the last digits of a phone, and I will find the person. All commands: /help. To see the bot as a customer does: /new.
door-open-queue = 📥 Queue
door-open-tasks = ⏰ My tasks
staff-help-see =
    <b>Find and see</b>
    Just write a name, a part of it, the last digits of a phone, @username or #tag
    /find Anna: the same, in a group too
    /queue: open requests, the oldest first
    /card 12: a card by its number
    /tags: all tags with counts
    /id: this chat's number
staff-help-do =
    <b>Do</b>
    To answer a customer, reply to any of my messages about them
    /add Anna +380501234567: somebody who walked in or called
    /tag 12 vip, /untag 12 vip
    /note 12 likes mornings
    /remind 12 tomorrow at 15 your visit: to the customer, after you confirm
    /why 12: what they got, will get and were spared, and why
    /task friday at 10 call the supplier: to yourself
    /task every monday at 10 plan the week: it comes back
    /tasks: what you have to do; /digest: what today holds
    /scenarios: repeat contacts that go by themselves, and what they bring
    /duplicates: cards that may be one person's; /duplicates 12 40 compares two
    As a reply to a message about somebody, no number is needed. /cancel ends any question.
    /new: see the bot as a customer does; /settings: your language
staff-help-viewer = You may look at everything; changing is for managers. /settings: your language
staff-help-owner =
    <b>For the owner</b>
    /broadcast tag:vip: a campaign to them, tried on yourself and counted honestly; /broadcasts: how they go and what they brought
    /export tag:vip: people as a file; /exports: who took what; /archive: the whole base
    Managers and the group are named in the settings file: MANAGER_IDS, TEAM_CHAT_ID. /id tells the numbers.
id-private =
    Your number: <code>{ $id }</code>
    In the settings file: <code>OWNER_IDS={ $id }</code> or <code>MANAGER_IDS={ $id }</code>
id-group =
    This chat's number: <code>{ $id }</code>
    In the settings file: <code>TEAM_CHAT_ID={ $id }</code>
