# Cards that may be one person's: what the team hears when they are found.
double-found = This looks like one person on two cards. Have a look when you have a minute.
double-compare = 🔍 Side by side
double-apart = 👥 Two different people
double-swept = I have gone through the whole base for people who are in it twice.
double-joined = { $count ->
    [one] Joined by a confirmed phone: { $count } card. It can be undone.
   *[other] Joined by a confirmed phone: { $count } cards. Each can be undone.
}
double-waiting = { $count ->
    [one] New and waiting for your eye: { $count } pair.
   *[other] New and waiting for your eye: { $count } pairs.
}
double-queue = 🔍 Look through
