# Campaigns

campaign-to-these = 📣 Campaign to them
campaigns-title = 📣 Campaigns
campaigns-none = No campaigns yet. Write the first one: the words, to whom and when. Everything is checked and counted before it leaves.
campaigns-count = { $count ->
    [one] { $count } campaign
   *[other] { $count } campaigns
}
campaigns-new = ➕ New campaign
campaign-nameless = No words yet
campaign-draft = Campaign no. { $number } · draft
campaign-variant = Variant { $name }
campaign-no-text = No words yet.
campaign-album-apart = The album comes first, and right under it the words with the buttons: an album itself can have none.
campaign-files = 📎 { $count ->
    [one] { $count } file
   *[other] { $count } files
}
campaign-languages = 🌐 { $languages }
campaign-no-aim = to whom is not chosen
campaign-aim-everybody = everybody
campaign-aim-repeat = those who got “{ $name }” and pressed nothing
campaign-no-topic = No topic
campaign-purpose-marketing = advertising
campaign-purpose-service = a service message
campaign-purpose-survey = a survey
campaign-starts-now = as soon as it is started
campaign-starts-at = begins { $when }
campaign-starts-local = { $when } by each one's own clock
campaign-spread = { $minutes ->
    [0] all at once
   *[other] spread over { $hours } h
}
campaign-useful = if now is not the time, waits up to { $unit ->
    [days] { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
   *[hours] { $n } h
}
campaign-test = tried on { $percent } %, after { $unit ->
    [days] { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
   *[hours] { $n } h
} the winner by { $metric } goes to the rest
campaign-control = control group { $percent } %
campaign-metric-presses = presses
campaign-metric-answers = answers
campaign-metric-purchases = purchases
campaign-hours = { $unit ->
    [days] { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
   *[hours] { $n } h
}

campaign-ask-text = Send the message as people are to see it: formatted text, with a photo, a video, a file or an album if you like.

    Placeholders: <code>{ $open }name|friend{ $close }</code> is their name, or “friend” where it is not known; also <code>{ $open }business{ $close }</code>, <code>{ $open }city{ $close }</code>, <code>{ $open }points{ $close }</code>.
campaign-ask-variant = This is variant { $variant }.
campaign-ask-language = Language: { $language }.
campaign-ask-aim = To whom? The name of a saved segment, or a question such as <code>tag:vip last_purchase&lt;90d</code>. An asterisk <code>*</code> is everybody.
campaign-ask-time = When is it to begin? For example: “tomorrow at 12:00”, “on friday 18:30”.
campaign-ask-local = At what time is each one to get it, by their own clock? For example: “tomorrow at 10:00”. Where that has passed already, it leaves at once.
campaign-ask-link = Send a title and an address with a bar between them: <code>Look | https://example.com</code>. The first tap is counted and the second opens the page: Telegram tells bots nothing of plain links.
campaign-ask-link-once = Send a title and an address with a bar between them: <code>Look | https://example.com</code>. It opens at the first tap, by way of the bot's own address, where the press is counted.
campaign-ask-url = Send a title and an address with a bar between them: <code>Look | https://example.com</code>. The page opens at once, but the presses cannot be seen.
campaign-ask-promo = Send a title and a code with a bar between them: <code>Copy the code | { $code }</code>. Telegram does not tell who copied it.
campaign-ask-person = Through whose eyes? The number of a card, a name or a phone.

campaign-set-text = ✏️ Text
campaign-set-language = 🌐 Language of the text
campaign-set-buttons = 🔘 Buttons
campaign-set-aim = 👥 To whom
campaign-set-when = 🕒 When
campaign-set-purpose = 🏷 Purpose
campaign-set-topic = 🗂 Topic
campaign-set-tests = 🧪 Variants and control
campaign-set-test = 🧪 Share of the test
campaign-set-metric = 🏁 Judged by
campaign-set-decide = ⏱ After how long
campaign-set-control = 🎛 Control group
campaign-preview = 👁 As a customer
campaign-test-me = 📲 To myself
campaign-to-count = 🔢 Count and start
campaign-drop = 🗑 Delete
campaign-back = back to the campaign
campaign-saved = Saved
campaign-begun = 🚀 Campaign no. { $number } has started. The next message shows how it goes.
campaign-started = The campaign has started

campaign-which-purpose = What is this message for? Advertising goes to those who agreed to it, a survey to all who have not refused, a service message to all, about what they asked for themselves. Advertising must not be passed off as service: that breaks the law, and trust.
campaign-which-topic = What is it about? Who has refused the topic does not get it.
campaign-which-control = How many are to get nothing, so that you see what the campaign brought? They are chosen at random.
campaign-which-test = On how many are the variants tried before the others get the best one? With 0 % the variants are shared out to everybody at once.
campaign-which-decide = After how many hours is the winner found?
campaign-which-metric = What tells which variant is better?
campaign-which-spread = Over how much time is it to leave, so that answers do not all come at once?
campaign-which-useful = If somebody must not be disturbed now (night, or they have just had a message), for how many hours is it still of use?
campaign-which-language = Which language is the text in?
campaign-when = When is it to leave?
campaign-when-now = As soon as it is started
campaign-when-at = 🗓 At a set time
campaign-when-local = 🌍 By each one's own clock
campaign-when-spread = ↔️ Spread it
campaign-when-useful = ⌛ How long to wait
campaign-tests = Variants are shared out at random. The control group gets nothing: revenue is compared with theirs.
campaign-variant-edit = ✏️ Variant { $name }
campaign-variant-add = ➕ One more variant
campaign-buttons = Which button is to be under the message?
campaign-add-link = 🔗 Counted link
campaign-add-url = ↗️ Plain link
campaign-add-promo = 🎟 Promo code
campaign-add-call = 📞 Call me
campaign-drop-button = 🗑 Take the last one away
campaign-does-link = a link, presses are counted
campaign-does-url = a link
campaign-does-form = a form
campaign-does-survey = a survey
campaign-does-promo = a promo code
campaign-does-call = asks to be called
campaign-call-title = 📞 Call me
campaign-survey-title = ⭐ Answer

campaign-count = Who will get it
campaign-count-meant = In the segment: { $count ->
    [one] { $count } person
   *[other] { $count } people
}
campaign-lost-no-consent = have not agreed: { $count }
campaign-lost-unreachable = cannot be reached: { $count }
campaign-lost-spam = spam: { $count }
campaign-lost-paused = asked for a pause: { $count }
campaign-lost-topic = refused the topic: { $count }
campaign-lost-cap = had enough lately: { $count }
campaign-count-control = control group: { $count }
campaign-count-gets = Will get it: { $count ->
    [one] { $count } person
   *[other] { $count } people
}
campaign-count-again = 🔁 Who had enough lately waits in line too: they are looked at once more before sending, and get it if it may be sent by then.
campaign-count-later = ⌛ Those who may be written to had a message lately. Let this one wait longer (“How long to wait” in the draft) or set it for later.
campaign-count-foreign = 🌐 Of them { $readers }: there is no text in their language.
campaign-count-foreign-if = 🧪 If variant { $name } wins, { $count ->
    [one] { $count } person more has
   *[other] { $count } people more have
} no text in their language.
campaign-reads-ru = { $count ->
    [one] { $count } reads Russian
   *[other] { $count } read Russian
}
campaign-reads-uk = { $count ->
    [one] { $count } reads Ukrainian
   *[other] { $count } read Ukrainian
}
campaign-reads-en = { $count ->
    [one] { $count } reads English
   *[other] { $count } read English
}
campaign-start = 🚀 Start: { $count }
campaign-list-no-consent = Campaign { $number }: no consent
campaign-list-unreachable = Campaign { $number }: unreachable
campaign-list-paused = Campaign { $number }: paused
campaign-list-topic = Campaign { $number }: topic refused
campaign-list-cap = Campaign { $number }: enough lately
campaign-list-kept = These people are on the list “{ $name }” now. It can be opened, exported and asked about like any segment.
campaign-open-list = 👥 Open the list

campaign-is-planned = being prepared
campaign-is-running = under way
campaign-is-testing = variants are being tried
campaign-is-paused = paused
campaign-is-done = finished
campaign-is-cancelled = cancelled
campaign-is-recalling = messages are being taken back
campaign-is-recalled = messages were taken back
campaign-sent = ✅ Sent: { $count }
campaign-left = ⏳ Left: { $count }
campaign-held = 🌙 { $count } of them wait for a better time: night, a day off, or they have just been written to. The first until { $until }
campaign-waiting = 🧪 Wait for the winner: { $count }
campaign-failed = ⚠️ Not delivered: { $count }
campaign-unknown = ❔ Perhaps delivered: { $count }
campaign-skipped = 🚫 Not sent: { $count }
campaign-cancelled = ✖️ Cancelled: { $count }
campaign-in-control = 🎛 Control group: { $count }
campaign-recalled = ↩️ Deleted from chats: { $count }
campaign-rate = ⚡ { $rate } a second · about { $left } left
campaign-ends = 🏁 Ends about { $time }
campaign-decides = 🏁 The winner will be known { $when }
campaign-won = 🏆 Variant { $name } has won (chance alone does this in { $share } % of tests)
campaign-no-winner = 🤝 No winner: chance alone makes such a difference (in { $share } % of tests). The others get the variants in equal parts.
campaign-pause = ⏸ Pause
campaign-resume = ▶️ Resume
campaign-cancel = ✖️ Cancel
campaign-repeat = 🔁 Repeat to who did not press
campaign-recall = ↩️ Take back
campaign-sure-cancel = Stop the campaign for good? { $count } will not get it. Who has it already keeps it.
campaign-sure-recall = Delete the message from the chats? { $count } were sent. Telegram lets a bot delete what is younger than 48 hours; the rest is not sent.
campaign-yes-cancel = ✖️ Yes, stop it
campaign-yes-recall = ↩️ Yes, delete

campaign-only-test = This is a test: for customers the button works.
campaign-tap-again = Tap once more to open.
campaign-call-soon = Thank you! We will call you soon.
campaign-call-task = Call them: they asked for it under the campaign “{ $name }”
campaign-wants-call = Asks to be called: campaign “{ $campaign }”.

refused-campaign-gone = There is no such campaign any more. All of them: /broadcasts
refused-campaign-started = This campaign has started already, its draft cannot be changed. See how it goes: /broadcasts
refused-campaign-empty = First write the words of each variant: the button “Text”.
refused-campaign-aim = First choose to whom: the button “To whom”.
refused-campaign-kind = Such a message cannot be sent to many. Text, a photo, a video, audio or a file can.
refused-campaign-album = An album is no answer here: words are needed.
refused-album-many = No more than { $most } files fit in an album; the others were not taken. To choose other ones, press “Text” and send the album again.
refused-album-mixed = Telegram does not put these into one album: photos and videos go together, files and audio only with their own kind. Send the album again.
refused-campaign-long = Too long by { $over ->
    [one] { $over } letter
   *[other] { $over } letters
}. Telegram takes 4096, and 1024 under a photo or a file.
refused-campaign-variants = No more than { $most } variants: too few people would be left for each.
refused-campaign-buttons = No more than { $most } buttons fit under a message. Take one away first.
refused-campaign-button = Write a title and, after a bar, what it opens: <code>Look | https://example.com</code>
refused-campaign-button-promo = Write a title and, after a bar, a code: <code>Copy the code | { $code }</code>
refused-campaign-title = A button needs a title: <code>Look | https://example.com</code>
refused-campaign-link = This does not look like an address. It begins with https:// and has no spaces.
refused-campaign-promo = There is no promo code “{ $code }”. There are: { $known }.
refused-campaign-promo-none = There is no promo code “{ $code }”: the playbook has none yet. Add it as <code>[[promo]]</code>.
refused-campaign-promo-over = The promo code “{ $code }” is over after { $day }.
refused-campaign-promo-early = The promo code “{ $code }” is valid from { $day }: set the campaign for that day or later.
refused-campaign-promo-spent = The promo code “{ $code }” has been used as often as it can be.
refused-campaign-past = That time has passed. Name one to come, or start at once.
refused-campaign-time = I could not read the time. Write a day and an hour: “tomorrow at 12:00”, “25 November 18:30”.
refused-campaign-person = Nobody was found. Try the number of a card, a name or a phone.
refused-campaign-not-running = This campaign is not under way. See what became of it: /broadcasts
refused-campaign-not-paused = This campaign is not paused. See what became of it: /broadcasts
refused-campaign-not-over = A campaign can be repeated once it is over. Wait for its end, or cancel it.
refused-campaign-over = This campaign is over already.
refused-campaign-recall = There is nothing to take back: it has not been sent, or was taken back already.
refused-placeholder = There is no placeholder <code>{ $open }{ $what }{ $close }</code>. There are: { $known }.
refused-placeholder-like = There is no placeholder <code>{ $open }{ $what }{ $close }</code>. Perhaps <code>{ $open }{ $nearest }{ $close }</code>? Mend it and send it again.
refused-brace = A curly bracket stands alone. A placeholder is written <code>{ $open }name|friend{ $close }</code>; a bracket in the text is better round.

menu-broadcast = New campaign
menu-broadcasts = Campaigns and their reports

# A campaign's report

campaign-fix = ✏️ Correct
campaign-ask-fix = Send the new words: for those who have the message it changes before their eyes, the others get the new one at once. Photos and files stay.
campaign-which-text = Which words are to be corrected?
campaign-corrected = ✏️ Being corrected: the message will change for those who have it.
refused-campaign-correct = There is nothing to correct: it has not been sent, or was taken back.
campaign-report = 📊 Report
campaign-people = 👥 People
campaign-sheet = 📄 XLSX
campaign-picture = 🖼 Picture
campaign-making = Being made, it will come here
campaign-did-presses = 👆 Pressed: { $count } ({ $share } %)
campaign-did-answers = 💬 Wrote back: { $count } ({ $share } %)
campaign-did-purchases = 🛍 Bought: { $count } ({ $share } %)
campaign-did-unsubscribed = 🔕 Unsubscribed: { $count } ({ $share } %)
campaign-unseen = Telegram does not tell of presses
campaign-not-reached = Who was not reached, and why:
campaign-better = 🏆 Variant { $name } is better ({ $metric }): chance alone does this in { $share } % of tests.
campaign-not-better = 🤝 No winner. { $name } leads ({ $metric }), but chance alone makes such a difference in { $share } % of tests.
campaign-nothing-yet = 🤝 Nothing to compare yet ({ $metric }).
campaign-revenue = Within { $days } days of the message { $buyers ->
    [one] { $buyers } person
   *[other] { $buyers } people
} bought, for { $sum }
campaign-beside = 🎛 Of the control group ({ $people }) { $buyers } bought, for { $sum }: { $beside } % against { $share } % of those who got it.
campaign-extra = ➕ The campaign brought about { $sum } beyond what would have been bought anyway (chance alone makes such a difference in buyers in { $share } % of cases).
campaign-extra-chance = ≈ Difference from the control group: { $sum }. It may be chance, which makes such a difference in { $share } % of cases.
campaign-state-planned = waits for its turn
campaign-state-waiting = waits for the winner
campaign-state-queued = about to be sent
campaign-state-sent = sent
campaign-state-failed = not delivered
campaign-state-unknown = perhaps delivered
campaign-state-skipped = not sent
campaign-state-cancelled = cancelled
campaign-state-control = control group
campaign-why-no-consent = has not agreed
campaign-why-unreachable = the bot cannot write to them
campaign-why-paused = asked for a pause
campaign-why-topic = refused the topic
campaign-why-topic-off = refused the topic
campaign-why-spam = spam
campaign-why-cap = had enough lately
campaign-why-gap = too soon after the last one
campaign-why-quiet-hours = quiet hours
campaign-why-day-off = a day off
campaign-why-too-late = out of time
campaign-why-outdone = something more valuable went
campaign-why-blocked = blocked the bot
campaign-why-deactivated = deleted the account
campaign-why-not-found = chat not found
campaign-why-never-started = never started the bot
campaign-why-refused = Telegram refused
campaign-why-mistake = the message could not be made
campaign-why-doubt = the connection broke while it was being sent
campaign-chart-of = Sent: { $count }
campaign-chart-sent = Sent
campaign-chart-presses = Pressed
campaign-chart-answers = Answered
campaign-chart-purchases = Bought
campaign-chart-unsubscribed = Unsubscribed
campaign-column-contact = Card
campaign-column-name = Name
campaign-column-username = Username
campaign-column-variant = Variant
campaign-column-state = What became of it
campaign-column-reason = Why
campaign-column-sent = Sent
campaign-column-pressed = Pressed
campaign-column-replied = Answered
campaign-column-unsubscribed = Unsubscribed
campaign-column-recalled = Taken back
campaign-column-revenue = Bought for
