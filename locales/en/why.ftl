# /why: what somebody got, will get and was spared. The team reads it.
usage-why = Whose messages? Write /why 12, reply with /why to a message about them, or press “Why” on the card.
menu-why = why somebody got, or did not get, a message
button-why = 📮 Why
why-title = <b>{ $name }</b> · No. { $number }: what we write to them
why-marketing =
    { $word ->
        [yes] Advertising: agreed
        [no] Advertising: refused
       *[none] Advertising: never agreed, so none is sent
    }
why-surveys =
    { $word ->
        [yes] Surveys: agreed
        [no] Surveys: refused
       *[none] Surveys: not refused
    }
why-clock =
    { $known ->
        [city] Their clock: { $clock }, { $place } (guessed from the city)
        [phone] Their clock: { $clock }, { $place } (guessed from the phone)
        [business] Their clock: { $clock }, { $place } (as ours: nothing else is known)
       *[given] Their clock: { $clock }, { $place }
    }
why-quiet =
    { $own ->
        [yes] Quiet hours: { $hours }, their own
       *[no] Quiet hours: { $hours }
    }
why-is-paused = Asked for a pause until { $when }
why-is-fewer =
    { $times ->
        [one] Asked for fewer messages
       *[other] Asked for fewer messages { $times } times
    }
why-topics = Topics refused: { $topics }
why-got = Got
why-got-none = Nothing yet.
why-coming = Will get
why-coming-none = Nothing is planned.
why-spared = Was spared
why-spared-none = Nothing.
why-was-held = waited from { $since }: { $why }
why-is-held = waiting since { $since }: { $why }
why-not-begun = as the scenario plans it: not begun yet
why-recalled = taken back
why-will-not = As things are, it will not leave.
why-until = Until { $when }.
why-within =
    { $unit ->
        [hours] { $n ->
            [one] { $n } hour
           *[other] { $n } hours
        }
       *[days] { $n ->
            [one] { $n } day
           *[other] { $n } days
        }
    }
why-limit =
    { $of ->
        [all] The limit is used up: at most { $max } of everything unasked in { $within }.
        [survey] The limit is used up: at most { $max ->
            [one] { $max } survey
           *[other] { $max } surveys
        } in { $within }.
        [service] The limit is used up: at most { $max ->
            [one] { $max } service message
           *[other] { $max } service messages
        } in { $within }.
       *[marketing] The limit is used up: at most { $max ->
            [one] { $max } advertisement
           *[other] { $max } advertisements
        } in { $within }.
    }
why-gap =
    { $of ->
        [all] Too soon after the last one: at least { $within } between messages.
        [survey] Too soon after the last survey: at least { $within } between them.
        [service] Too soon after the last message: at least { $within } between them.
       *[marketing] Too soon after the last advertisement: at least { $within } between them.
    }
why-by = The place was taken by
why-by-outdone = A more valuable message goes first:
why-too-late = it was of no use any more
why-unreachable = the bot cannot write to them: blocked, or never started
why-spam = marked as spam
why-no-consent = no consent
why-topic-off = the topic was refused
why-paused = a pause was asked for
why-quiet-hours = quiet hours
why-day-off = a day off
why-cap = the limit was used up
why-gap-short = too soon after the last one
why-outdone = a more valuable message went first
why-not-wanted = by then there was no need of it
why-surveyed = they had been asked to rate us a short while before
why-no-use-later = later it would have been of no use
why-consent-withdrawn = consent was withdrawn
why-blocked = the bot was blocked
why-merged = the same message went to the other of two cards that became one
why-taken-back = taken back by the team
why-cancelled = cancelled
why-skipped = skipped
why-failed = Telegram did not take it
why-unknown = nobody knows whether it arrived: the connection broke, and a second copy is never risked
why-stopped = stopped by the team
why-control = of the control group: compared with, not written to
why-catch-up = too much at once after a pause of the bot: one message was enough
why-dropped = the scenario was taken out of the playbook
why-scenario-paused = the scenario was paused
why-the-campaign-was-paused = the campaign is paused
why-way-left = left the scenario: its conditions no longer fit
why-way-goal = the goal was reached: nothing more is needed
why-way-holdout = of the comparison group: the scenario's effect is measured against it
why-technical = “{ $what }”
why-kind-campaign = Campaign
why-kind-scenario = Scenario
why-kind-survey = Survey
why-kind-surveyagain = Survey, reminded
why-kind-remind = Reminder
why-kind-nudge = Unfinished form
why-kind-ask = Question about the card
why-kind-marketing = Advertisement
why-kind-service = Service message
why-kind-visit = Visit
why-kind-news = About a request
