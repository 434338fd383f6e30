# What a customer reads outside a form: the door, receipts, their requests, settings.
greeting = Hello! This is { $business }. Choose what we can help with, or just write here.
greeting-staff = You are in the team: the commands for work are in /help. Below is what customers see.
forms-choose = What can we help you with?
help-customer =
    Just write here, and a person will answer.

    /new — leave a request
    /requests — my requests
    /settings — language, time zone, what I receive
    /privacy — my data
    /cancel — stop what was begun
help-staff =
    <b>Requests and people</b>
    /queue — open requests
    /find <i>words</i> — find a person: name, digits of a phone, #tag
    /card <i>number</i> — a card
    /add — add a person
    /tag <i>number tags</i>, /untag — tags, /tags — all tags
    /note <i>number text</i> — a note

    <b>Time</b>
    /remind <i>number when text</i> — remind a customer
    /task <i>when text</i> — remind yourself, /tasks — my tasks

    To answer a customer, reply to their message.
    /settings — language and time zone, /id — this chat's number
passed-on = Passed on. We will answer here, in this chat.
cancelled = All right, stopped.
nothing-to-cancel = There is nothing to stop.

requests-mine = My requests
requests-title = <b>Your requests</b>
requests-none = No requests yet.
requests-leave = Leave a request
requests-line = No. { $number } · { $title } · <b>{ $stage }</b> · { $day }
requests-button = No. { $number } { $title }
requests-button-back = Request no. { $number }
requests-card =
    <b>Request no. { $number }: { $title }</b>
    { $stage }
    Left: { $at }
requests-add = ➕ Add to it
requests-withdraw = ✖ Withdraw
requests-more = Write what to add to request no. { $number }, or send a file. Several messages are fine.
requests-added = Added to request no. { $number } and passed on. If that is all, press the button.
requests-done = That is all
requests-enough = All right. Request no. { $number } has what you added.
requests-withdraw-sure = Withdraw request no. { $number }? We will stop working on it.
requests-withdraw-yes = Yes, withdraw
requests-withdraw-no = No, keep it
requests-withdrawn = Request no. { $number } is withdrawn. If you change your mind, leave a new one.
own-stage-new = Received
own-stage-taken = In progress
own-stage-done = Done
own-stage-lost = Closed
own-stage-withdrawn = Withdrawn by you

settings-title = <b>Settings</b>
settings-language = Language: { $language }
settings-zone = Time zone: { $place }, now { $clock }
settings-zone-button = 🕒 Change the time zone
settings-receive = What we may write to you about, besides answers and your bookings:
settings-marketing = News and offers
settings-survey = Surveys
settings-processing-on = Consent to data processing: give
settings-processing-off = Consent to data processing: withdraw
settings-processing-text =
    { $text }

    You can withdraw your consent right here at any moment.
settings-zone-ask = Where do you live? Press a button, or write your city, an offset (“UTC+3”) or what your clock shows now (“15:20”).
settings-zone-which = More than one fits. Which is yours?
settings-zone-unknown = We do not know that place. Write a large city nearby, an offset (“UTC+3”) or what your clock shows now (“15:20”).
settings-zone-chosen = Noted: { $place }, it is { $clock } where you are.
settings-back = To settings
