# Questions about the card: for the team, the count and what became of it; for the person, the question and its end.
questions-ask = ✉️ Ask them
questions-title = Ask the people themselves · { $what }
questions-faulty = { $count ->
    [one] { $count } card has it.
   *[other] { $count } cards have it.
}
questions-unreachable = { $count ->
    [one] The bot cannot write to { $count } person.
   *[other] The bot cannot write to { $count } people.
}
questions-lately = { $count ->
    [one] { $count } person was asked within a month, or would rather not say.
   *[other] { $count } people were asked within a month, or would rather not say.
}
questions-month = The last 30 days: asked { $asked }, answered { $answered }, “not now” { $declined }.
questions-nobody = There is nobody to ask now.
questions-sure = { $count ->
    [1] <b>{ $count } person</b> will get this message with a short form under it. Not at night, and once.
   *[other] <b>{ $count } people</b> will get this message with a short form under it. One after another, not at night, once each.
}
questions-yes = { $count ->
    [one] Ask { $count } person
   *[other] Ask { $count } people
}
questions-planning = Putting the questions in line: { $done } of { $of }
questions-sent = Sent: { $sent } of { $of }
questions-answered = Answered: { $count }
questions-declined = “Not now”: { $count }
questions-lost = Not delivered: { $count }
questions-stopped = Stopped: the others will not be asked.
questions-how = 🔄 How many have answered?
questions-stop = ⏹ Stop
refused-asking-nobody = There is nobody to ask now.

questions-put-no_name = This is { $business }. We would like to call you by your name, but do not know it. Will you tell us?
questions-put-no_phone = This is { $business }. We do not have your phone number, and could not reach you if something changes. Will you leave it?
questions-put-no_email = This is { $business }. We do not have your e-mail address. Will you leave it?
questions-put-no_birthday = This is { $business }. We would like to wish you a happy birthday, but do not know when it is. Will you tell us?
questions-put-no_city = This is { $business }. We do not know which city you are in. Will you tell us?
questions-put-impossible = This is { $business }. There seems to be a mistake in the date of birth on your card. Will you tell us the right one?
questions-put-stale = This is { $business }. It has been a long time! Is your phone number still the same?
questions-answer = ✍️ Answer
questions-not-now = Not now
questions-thanks = Thank you, we have written it down!
questions-let-go = All right, another time. If you change your mind, just write to us here.
questions-put-off = All right. When you have a minute, press “Answer” under our question.
refused-told = You have told us already. Thank you!
ask-birthday = When is your birthday?
ask-city = Which city do you live in?
