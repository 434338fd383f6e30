repeat-at = { $rule } at { $clock }
repeat-day = { $count ->
    [1] every day
   *[other] every { $count } days
}
repeat-weeks = { $count ->
    [1] every week
   *[other] every { $count } weeks
}
repeat-week = { $count ->
    [1] { $days }
   *[other] every { $count } weeks, { $days }
}
repeat-months = { $count ->
    [1] every month
   *[other] every { $count } months
}
repeat-month = { $count ->
    [1] every month, on { $days }
   *[other] every { $count } months, on { $days }
}
repeat-years = { $count ->
    [1] every year
   *[other] every { $count } years
}
repeat-year = { $count ->
    [1] every year on { $days }
   *[other] every { $count } years on { $days }
}
repeat-on = on { $days }
repeat-weekday-0 = Mondays
repeat-weekday-1 = Tuesdays
repeat-weekday-2 = Wednesdays
repeat-weekday-3 = Thursdays
repeat-weekday-4 = Fridays
repeat-weekday-5 = Saturdays
repeat-weekday-6 = Sundays
repeat-workdays = on weekdays
repeat-weekend = at weekends
repeat-day-of-month = day { $day }
repeat-last-day = the last day
repeat-short-months = (the last day of a month that has no such day)
repeat-common-years = (28 February in a common year)
task-evening = This evening
task-week = Next week
task-own = Another time
task-give = 🤝 Hand over
task-more = More…
task-all = All tasks
task-whom = 👤 Whom it is about
task-stop = 🔁 Stop repeating
task-stopped = It will not come back
task-comes-back = Done. It comes back { $when }.
task-ask-whom = Whom is this task about? Write a name, the last digits of a phone, or the number of a card.
task-nobody = Nobody was found. Try another way: a name, the last digits of a phone, or the number of a card.
task-choose-whom = Which of them?
task-give-whom = To whom?
task-nobody-else = There is nobody to hand it to: nobody else of the team has opened the bot yet.
task-gave = 🤝 Handed over to { $name }, who will be reminded in time.
task-given = { $name } hands a task over to you
task-given-due = Due: { $when }
task-from = Handed over by { $name }
task-done-by = { $name }: done
task-inherited = { $count ->
    [one] { $count } task of { $name } is
   *[other] { $count } tasks of { $name } are
} yours now: they are no longer in the team. You can hand them over.
refused-task-evening = It is evening already. Choose “+1 h” or “Tomorrow”.
refused-task-give = Only somebody who is in the team now and has opened the bot can be given a task.
