# Repeat contacts that happen by themselves, as the team reads them, and the buttons under them.
menu-scenarios = Repeat contacts that happen by themselves
scenario-promo = 🎁 { $code }
scenario-call = 📞 Call me
scenario-call-heard = Thank you! We will call you.
scenario-call-request = Asks to be called
refused-scenario = This scenario is no longer in the playbook. /scenarios shows those that are.
scenario-none = There are no scenarios yet. They are written in the playbook: [[scenario]]; docs/scenarios.md has examples to copy.
scenario-list = <b>Scenarios</b>
scenario-line = { $mark } <b>{ $title }</b>
    { $trigger }
    { $entered ->
        [0] nobody yet
        [one] { $entered } person, written to { $sent }
       *[other] { $entered } people, written to { $sent }
    }
scenario-coming = 📅 Next 30 days
scenario-begins = Begins: { $trigger }
scenario-for = For whom: <code>{ $segment }</code>
scenario-paused = ⏸ Paused since { $at }
scenario-counts = Entered: { $entered } · written to: { $sent } · on their way: { $active }
scenario-spared = Spared: { $count }
scenario-left = Left before the message: { $count }
scenario-reason =   { $why }: { $count }
scenario-goal = <b>What came of it</b> · { $goal ->
    [purchase] a purchase
    [request] a request
   *[press] a press
} within { $within }
scenario-treated = Of those in it: { $reached } of { $count } ({ $share } %), { $revenue }
scenario-watched = Of those only watched: { $reached } of { $count } ({ $share } %), { $revenue }
scenario-no-holdout = Nobody is only watched, so it cannot be told what they would have done by themselves. holdout = "10%" in the playbook changes that.
scenario-nobody-watched = Nobody has fallen into the control group ({ $share } %) yet. Once somebody is only watched, there will be a comparison.
scenario-more = The difference is more than chance: it works.
scenario-less = Those written to did less, and that is more than chance. Better pause it and rewrite the text.
scenario-chance = So far the difference may be chance.
scenario-gained = Earned beyond what would have come anyway: about { $sum }
scenario-pause = ⏸ Pause
scenario-resume = ▶️ Go on
scenario-back = Scenarios
scenario-coming-none = In the next { $days ->
    [one] day
   *[other] { $days } days
} nobody is to get anything, by what is known today.
scenario-coming-title = <b>Next { $days } days:</b> { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
scenario-coming-days = … and { $count ->
    [one] { $count } more day
   *[other] { $count } more days
}
scenario-coming-first = First of all:
scenario-coming-one = { $at } · { $title } · { $name }
scenario-coming-more = There are more people than were counted here. Each is asked about once more when it is time: consent, quiet hours, limits.
scenario-coming-note = By what is known today: new purchases and visits will add to it. Each is asked about once more when it is time: consent, quiet hours, limits.
scenario-after = { $long } after { $what }
scenario-before = { $long } before { $what }
scenario-on-first_purchase = the first purchase
scenario-on-last_purchase = the latest purchase
scenario-on-purchase = every purchase
scenario-on-request_created = a new request{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-request_done = a request is done{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-request_lost = a request is lost{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-form_abandoned = a form left half-way{ $what ->
    [no] {""}
   *[other] , { $what }
}
scenario-on-tag = the tag { $what } is put
scenario-on-status = the status becomes { $what }
scenario-on-birthday = a birthday
scenario-on-child_birthday = a child's birthday
scenario-on-anniversary = a year of { $what }
scenario-on-date = the day in { $what }
scenario-on-visit = a visit
scenario-on-silence = silence for { $long }
scenario-on-calendar = by the calendar, { $text }
scenario-why-catch-up = the bot was off, one message was made up for
scenario-why-too-late = it was too late
scenario-why-unreachable = cannot be reached
scenario-why-no-consent = no consent
scenario-why-cap = got enough lately
scenario-why-gap = got something a short while ago
scenario-why-segment = no longer in the segment
scenario-why-exit = what ends it came true
scenario-why-undone = what began it was undone
scenario-why-dropped = taken out of the playbook
scenario-why-quiet-hours = quiet hours
scenario-why-paused = asked for a pause
scenario-why-topic = does not want this subject
scenario-why-not-wanted = makes no sense any more
scenario-why-surveyed = surveyed a short while ago
scenario-why-day-off = days off
scenario-why-spam = spam
scenario-why-other = other reasons
scenario-length = { $unit ->
    [days] { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
    [hours] { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
   *[minutes] { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
}
