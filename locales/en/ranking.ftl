rfm-title = <b>RFM</b> · { $period }
rfm-period-all = of all time
rfm-period-year = in a year
rfm-period-quarter = in 90 days
rfm-empty = There are no purchases yet. Note the first: /sale and the number of the card.
rfm-buyers = { $count ->
    [one] { $count } buyer
   *[other] { $count } buyers
}
rfm-buyers-money = { $count ->
    [one] { $count } buyer
   *[other] { $count } buyers
} · { $money }
rfm-press = Press a group to see its people.
rfm-button-picture = 🖼 As a picture
rfm-button-moves = 🔀 Who moved where
rfm-button-groups = ← Groups
rfm-moves-title = <b>Who moved where</b> · { $month }
rfm-moves-none = Nobody has bought anything this month yet.
rfm-moves-sums = Stayed in their group: { $stayed }. Moved: { $moved }. Bought for the first time: { $new }.
rfm-person-none = No purchases yet, so there is no score either.
rfm-person-scores = Recency { $recency } of 5 · frequency { $frequency } of 5 · money { $money } of 5
rfm-person-group = Group: { $group }
rfm-person-habit = Comes back about every { $days ->
    [one] day
   *[other] { $days } days
}, for { $money } each time on average.
usage-rfm = Whose card? Write /rfm 12, or just /rfm to see all groups.
rfm-drawing = Drawing…
rfm-picture = <b>RFM</b> · { $period }: buyers by recency, and by frequency and money.
rfm-axis-recency = Recency: higher is more recent
rfm-axis-fm = Frequency and money: further right is more
abc-title = <b>ABC</b>: who brings the revenue
abc-rule = A bring the first { $a } % of the revenue, B the next, up to { $b } %, C the rest.
rfm-group-champions = 🏆 Champions
rfm-group-loyal = 💛 Loyal
rfm-group-potential_loyal = 🌱 Nearly loyal
rfm-group-new = ✨ New
rfm-group-promising = 🙂 Promising
rfm-group-need_attention = 👀 Need attention
rfm-group-about_to_sleep = 🥱 About to fall asleep
rfm-group-at_risk = ⚠️ At risk
rfm-group-cannot_lose = 🚨 Cannot lose
rfm-group-hibernating = 😴 Hibernating
rfm-group-lost = 🍂 Lost
rfm-advice-champions = Buys lately, often and a lot. Say thanks in person, invite first to what is new, ask for a review.
rfm-advice-loyal = Comes back again and again. Offer what goes well with the usual.
rfm-advice-potential_loyal = Not the first time, and lately. One more reason to return makes it a habit.
rfm-advice-new = Has just bought for the first time. Say thanks and help them settle in.
rfm-advice-promising = Bought a little, lately. Remind them what else you have.
rfm-advice-need_attention = Bought well, but not for a while. Time for a personal offer.
rfm-advice-about_to_sleep = Comes less and less. Ask what they liked and invite them again.
rfm-advice-at_risk = Bought often and a lot, long ago. Call them yourself.
rfm-advice-cannot_lose = Among the best, and silent for long. It takes a talk, not a mailing.
rfm-advice-hibernating = Long ago and not much. A small reason may bring them back.
rfm-advice-lost = Here once or twice, very long ago. Ask why, if you would like to know.
menu-rfm = Groups of buyers
menu-abc = Who brings the revenue
