menu-digest = What today holds: tasks, visits, birthdays
digest-nothing = Nothing is planned for today. Have a good one!
digest-tasks = { $count ->
    [one] { $count } task for today
   *[other] { $count } tasks for today
}
digest-slipped = { $count ->
    [one] { $count } task is left from days before
   *[other] { $count } tasks are left from days before
}
digest-visits = { $count ->
    [one] { $count } visit
   *[other] { $count } visits
}
digest-birthdays = { $count ->
    [one] A birthday
   *[other] { $count } birthdays
}
digest-untaken = { $count ->
    [one] { $count } request has waited
   *[other] { $count } requests have waited
} for more than { $hours } h
digest-team = The team yesterday
digest-requests = Requests: { $created } new, { $done } done, { $lost } lost
digest-purchases = { $count ->
    [one] { $count } purchase
   *[other] { $count } purchases
}, { $total }
digest-hands = { $name }: open requests { $requests }, overdue tasks { $overdue }
digest-off = 🔕 Not in the mornings
digest-on = ☀️ Send it in the mornings
digest-off-now = It will not come in the mornings any more. To look yourself: /digest.
digest-on-again = It will come on working mornings at { $clock }.
