# A form: questions, buttons, the summary, and what is said when an answer cannot be taken.
form-step = { $number } of { $total }
form-back = Back
form-skip = Skip
form-cancel = Cancel
form-done = Done
form-keep = Yes, that's right
form-change = Change
form-share-phone = 📱 Share my number
form-share-place = 📍 Share where I am
form-offer = We will write down <b>{ $value }</b>. Is that right?
form-chosen = Chosen now: <b>{ $value }</b>.
form-files =
    { $count ->
        [one] Got { $count } file. Send more, or press Done.
       *[other] Got { $count } files. Send more, or press Done.
    }
form-understood = ✓ { $label }: <b>{ $value }</b>
form-onward = All right, let's go on.
form-line = { $label }: <b>{ $value }</b>
form-check = Is everything right? If not, press what should be corrected.
form-anonymous = We did not ask for your name and contacts: you chose not to share them. We will answer here, in this chat.
form-send = ✅ Send
form-edit = ✎ { $label }
form-thanks = Thank you! We have your request no. { $number } and will answer here, in this chat.
form-put-aside = All right, we stopped. Your answers are kept: /start brings them back.
form-unfinished = You have not finished: <b>{ $form }</b>. You stopped at question { $number } of { $total }.
form-unfinished-end = You have not finished: <b>{ $form }</b>. All that is left is to check and send it.
form-stopped = We stopped at question { $number } of { $total }: <b>{ $form }</b>.
form-stopped-end = Your request is not sent yet: <b>{ $form }</b>.
form-continue = Continue
form-anew = Start over
form-nudge = You began but did not finish: <b>{ $form }</b>. Shall we go on? Everything you answered is still there.
form-later = Not now
form-let-go = All right. Press /start whenever it suits you: your answers are kept.
form-gone = This form is no longer there: we have changed it. Let's begin a new one.
form-over = This request is already finished.
form-sent = Already sent: we have your request.
form-past = This question is already behind us.
form-got =
    { $kind ->
        [sticker] A nice sticker, but there is no answer in it.
        [voice] There is nobody here to listen to a voice message.
        [video_note] There is nobody here to watch a video message.
        [video] No video is needed now.
        [animation] A nice GIF, but there is no answer in it.
        [audio] No audio is needed now.
        [photo] No photo is needed now.
        [document] No file is needed now.
        [dice] Let's not leave it to luck.
        [poll] We cannot answer a poll.
        [contact] No contact is needed now.
        [stranger] That is somebody else's contact, and we need yours.
        [location] No place is needed now.
        [venue] No place is needed now.
        [edited] Editing an old message changes nothing here: to change an answer, press Back, or correct it before sending.
        [forwarded] A forwarded message is not taken for an answer.
       *[other] Such a message is not taken for an answer.
    }

field-name = Name
field-phone = Phone
field-email = E-mail
ask-name = What should we call you?
ask-phone = What number can we reach you at?
ask-email = Which e-mail address should we write to?
hint-date = For example: “tomorrow”, “on Friday”, “25 December”.
hint-time = For example: “15:30” or “five in the evening”.
hint-datetime = For example: “tomorrow at 3 pm” or “Friday at 6:30 pm”.
hint-file = Photos and files will do, more than one is fine.
hint-location = Press the key below or write an address.
hint-choices = You can tick more than one.
answer-yes = Yes
answer-no = No
answer-none = nothing
answer-skipped = —
answer-place = on the map: { $lat }, { $lon }
answer-files =
    { $count ->
        [one] { $count } file
       *[other] { $count } files
    }

reask-text-empty = We cannot see a word in it. Please write your answer.
reask-text-short =
    { $min ->
        [one] Too short: at least { $min } character is needed.
       *[other] Too short: at least { $min } characters are needed.
    }
reask-text-long = Too long: { $length } characters where { $max } fit. Please make it shorter.
reask-name-letters = A name needs at least one letter.
reask-phone-invalid = This does not look like a phone number. Please write it with its code, such as { $example }.
reask-email-invalid = This does not look like an e-mail address. One looks like name@example.com.
reask-email-typo = There seems to be a typo in the address. Which one is right?
reask-number-invalid = A number is needed, in figures.
reask-number-ambiguous = This number can be read in two ways. Which is right?
reask-number-small = The number must be at least { $min }.
reask-number-large = The number must be at most { $max }.
reask-choice-unknown = There is no such option. Please press one of those below.
reask-choice-several = More than one option fits. Please press the one you mean.
reask-choices-few =
    { $min ->
        [one] Please tick at least { $min } option.
       *[other] Please tick at least { $min } options.
    }
reask-choices-many =
    { $max ->
        [one] At most { $max } option can be ticked.
       *[other] At most { $max } options can be ticked.
    }
reask-date-unknown = That was not clear. Please write it more simply, as in the example.
reask-date-past = That has passed. Please name one still ahead.
reask-date-future = That day is still to come. Please check the year.
reask-date-impossible = There is no such day or time. Please check it.
reask-date-range = One definite time is needed, not a span.
reask-date-doubt = This can be understood in more than one way. What did you mean?
reask-date-closed = We are closed at that time: we work from { $open } to { $close }. Please name a day and a time within these hours.
reask-date-year = Please write it with the year, such as 25 December 1990.
reask-time-missing = We have the day. At what time?
reask-date-missing = We have the time. On what day?
reask-files-few =
    { $min ->
        [one] At least { $min } file is needed.
       *[other] At least { $min } files are needed.
    }
reask-files-many =
    { $max ->
        [one] No more than { $max } file fits. Please press Done.
       *[other] No more than { $max } files fit. Please press Done.
    }
reask-location-invalid = There is no such place on the map. Please send it again or write an address.
reask-consent-choose = Please press a button: do you agree, or shall we go on without it?
reask-consent-needed = This question needs your consent. You can give it, or cancel the request.
reask-summary-choose = All that is left is to check: send the request, or press the answer that should be corrected.
reask-not-optional = This question cannot be skipped.
reask-no-back = This is the first question, there is nothing before it.
reask-no-offer = Please write your answer.
reask-choose-button = Please press one of the buttons below.
reask-expected-text = Please answer in words.
reask-expected-phone = Please write your number, or press the key below.
reask-expected-email = Please write an e-mail address.
reask-expected-choice = Please press one of the options.
reask-expected-choices = Please tick the options and press Done.
reask-expected-number = Please write a number.
reask-expected-date = Please write a day, such as “Friday”.
reask-expected-time = Please write a time, such as “15:30”.
reask-expected-datetime = Please write a day and a time, such as “tomorrow at 3 pm”.
reask-expected-file = Please send a photo or a file.
reask-expected-location = Please share the place with the key below, or write an address.
reask-expected-consent = Please answer with a button: yes or no.
