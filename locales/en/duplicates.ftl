# Two cards of one person: compared, joined, taken apart again.
menu-duplicates = cards that may be one person's
dup-title = One person?
dup-place = { $place } of { $count }
dup-since = since { $day }
dup-requests = { $count ->
    [one] { $count } request
   *[other] { $count } requests
}
dup-purchases = { $count ->
    [one] { $count } purchase
   *[other] { $count } purchases
}
dup-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
dup-on-telegram = can be written to
dup-off-telegram = not on Telegram
dup-were-distinct = ⚠️ Somebody of the team has said before that these are two people.
dup-same = <b>The same</b>
dup-differ = <b>Different</b>
dup-only = <b>Only on no. { $number }</b>
dup-field-name = Name
dup-field-phone = Phone
dup-field-email = E-mail
dup-field-telegram = Telegram
dup-field-language = Language
dup-field-timezone = Time zone
dup-field-owner = Manager
dup-field-status = Status
dup-field-level = Level
dup-card = 👤 No. { $number }
dup-button = 🔗 Duplicate of…
dup-merge = 🔗 One person: merge…
dup-apart = 👥 Two different people
dup-later = ⏭ Later
dup-next = Next pair ▶
dup-back = ◀ Back
dup-into-one = Into one card
dup-stays = No. { $winner } stays (<b>{ $name }</b>), no. { $loser } goes into it.
dup-choose = Where they differ, the value in bold is kept. Press to take the other one:
dup-two-accounts = Both Telegram accounts will reach the card. I write to the one in bold until the person writes from the other.
dup-spam = ⚠️ One of the cards is marked as spam. The joined card is spam only if no. { $winner } is.
dup-follows = Requests, purchases, notes, tags, files, surveys and everything else follow; phones and e-mails are put together. If either card refused messages, that holds. The old number will open the new card. It can be undone at any time.
dup-swap = 🔄 No. { $number } stays instead
dup-do = ✅ Merge { $loser } into { $winner }
dup-joined = No. { $loser } is now part of no. { $winner }, <b>{ $name }</b>. Everything went along, and the old number opens this card.
dup-joined-by-rule = The same confirmed phone: I have joined no. { $loser } to no. { $winner }, <b>{ $name }</b>. If these are two people, press “Undo”: I will remember that.
dup-undo = ↩️ Undo
dup-undone = No. { $winner } and no. { $loser } are two cards again, as they were.
dup-stayed = Whatever has come since stays on no. { $winner }.
dup-kept = { $count ->
    [one] { $count } thing was changed in the meantime and stays as it was changed.
   *[other] { $count } things were changed in the meantime and stay as they were changed.
}
dup-none = 👌 There are no pairs to look at. I look for duplicates every night and whenever somebody new comes. To join two cards yourself: /duplicates 12 40.
dup-ask-other = Whose card is the same person as no. { $number }, <b>{ $name }</b>? Write its number, or a name, phone or @username.
dup-nobody = Nobody else was found by that. Try the card's number, the last digits of the phone or a part of the name.
dup-which = Who is the same person as no. { $number }, <b>{ $name }</b>?
dup-parted = Noted: two different people. I will not ask again.
dup-did = Merged
dup-did-undo = Undone
usage-duplicates = Write /duplicates for the pairs that look alike, /duplicates 12 40 to compare two cards, or /duplicates 12 to look for a duplicate of one.
refused-dup-same = That is one and the same card. A pair needs two.
refused-dup-done = They are one card already: no. { $number }.
refused-dup-changed = A card has changed since you looked. Please compare them again.
refused-dup-unknown = There is no such merge.
refused-dup-not-yours = Only who merged them, or an owner, can undo it. Please ask the owner.
refused-dup-undone = It is undone already.
refused-dup-erased = It can no longer be undone: the card they were joined into was erased or deleted.
refused-dup-later = No. { $number } was itself merged later, into no. { $into }. Please undo that one first.
