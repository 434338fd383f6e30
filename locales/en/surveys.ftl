survey-score = { $score } out of { $most }
survey-about = “{ $title }”, No. { $number }, { $day }
survey-again = What should the rating be?
survey-thanks = Thank you for the rating!
survey-why = Anything to add? Write it here: a person will read it.
survey-add = 💬 Add a few words
survey-skip = No comment
survey-change = Change the rating
survey-heard = Thank you, we have passed it on!
survey-low = A low rating:
survey-raised = The rating was raised:
survey-explains = Explains the rating:
survey-task = Look into the rating { $score } out of { $most }
survey-task-raised = Look into the rating { $before } out of { $most } (now { $score })
survey-reminder = Our survey is still waiting for you: it takes less than a minute.
survey-anonymous = Your answer is anonymous: we keep only the answer and the day, without your name.
survey-begin = Answer
survey-not-now = Not now
survey-thanks-answers = Thank you for your answers!
survey-links = If you can spare a minute, tell others about us: it helps a lot.
survey-review = ⭐ Leave a review
survey-friend = 🎁 Recommend to a friend
survey-friend-text = I recommend { $business }
survey-heard-anonymous = Thank you! Kept without your name.
usage-survey = To put a survey: <code>/survey SURVEY QUERY</code>, for example <code>/survey nps tag:vip</code>. Without a query, to everybody. Surveys: { $known }
survey-choose = Which survey shall I put?
survey-none = There are no surveys in the playbook.
survey-put = The survey “{ $survey }” is on its way.
survey-everybody = everybody
survey-reach-meant = Fit the query: { $count }
survey-reach-own = The survey is for <code>{ $segment }</code>, of them: { $count }
survey-reach-reachable = Can be written to and have not refused surveys: { $count }
survey-reach-rested = Were not asked lately: { $count }
survey-reach-nobody = There is nobody to ask now.
survey-reach-polite = Nobody is disturbed in their quiet hours: those wait for the morning.
survey-send = { $count ->
    [one] Ask { $count } person
   *[other] Ask { $count } people
}
survey-begun = Planning the survey “{ $survey }”…
survey-done = { $count ->
    [one] The survey “{ $survey }” is put to { $count } person.
   *[other] The survey “{ $survey }” is put to { $count } people.
}
survey-gone = The survey was not put: it is no longer in the playbook, or the query cannot be read.
button-survey = ⭐ Survey
refused-survey-unknown = There is no such survey. There are: { $known }
refused-survey-tired = They were asked a short while ago. It can be put later: the playbook says how long people rest between surveys.
refused-survey-unreachable = A survey cannot be put to them now: the bot cannot write to them, or they have refused surveys.
refused-survey-not-meant = This survey is not for them: they are not in its segment.
refused-survey-words = These words find too many people: narrow them down, for example by tag:vip.
refused-survey-answered = You have answered already, thank you!
survey-declined = All right, we will not. If there is anything to say, just write it here.
survey-put-off = All right, later. Your answers are kept: the button in the message above goes on with them.
card-referred = { $count ->
    [one] Brought { $count } person
   *[other] Brought { $count } people
}
menu-surveys = Surveys and scores
surveys-title = Surveys
surveys-hint = To search the answers: <code>/surveys word</code>. To put a survey: <code>/survey nps tag:vip</code>.
surveys-no-figure = no scores yet
surveys-figure-nps = NPS { $value } (likely from { $low } to { $high })
surveys-figure-share = { $value } % satisfied (likely from { $low } to { $high } %)
surveys-figure-mean = { $value } on average (likely from { $low } to { $high })
surveys-mean = Mean score: { $mean }
surveys-reach = { $answered } of { $asked } answered ({ $share } %)
surveys-unasked = not asked yet
surveys-unfinished = { $count ->
    [one] { $count } person stopped half-way
   *[other] { $count } people stopped half-way
}
surveys-hidden = Fewer than five anonymous answers: they are shown when there are more, so that nobody is recognised.
surveys-trend = By month:
surveys-answers = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
surveys-by-manager = By manager
surveys-by-service = By service
surveys-by-segment = By segment
surveys-comments = 💬 What people write
surveys-all = ‹ All surveys
surveys-back = ‹ Back
surveys-nothing = Nothing to compare yet.
surveys-unnamed = Without a name
surveys-no-comments = Nothing was found.
survey-results = Results
surveys-picture = 📈 As a picture
surveys-file = 📄 As an XLSX file
surveys-drawing = Drawing, one second…
surveys-chart-scores = How many of each score
surveys-chart-months = By month, with the likely bounds
survey-column-asked = Asked
survey-column-answered = Answered
survey-column-contact = Who
survey-column-username = Username
survey-column-number = Card
survey-column-manager = Manager
survey-column-request = Request
survey-column-score = Score
survey-column-comment = Words
survey-column-day = Day
survey-named-visit = Visit rating
survey-named-csat = Satisfaction
survey-named-nps = Likelihood to recommend
survey-named-ces = How easy we are to deal with
survey-named-own = Questions of our own
