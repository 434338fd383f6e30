# Purchases, refunds, promo codes and points: what the team reads, and a customer's own points.
amount-none = There is no sum in these words. Write it in figures, such as 1500 or 20 USD.
amount-invalid = I cannot read this sum. Write it as 1500, 1 500,50 or 20 USD, and what it was for after it.
amount-negative = A purchase is above zero. To give money back, open the purchase on the card and press “Refund”.
amount-zero = A purchase is above zero.
amount-too-fine = { $digits ->
    [0] { $currency } has no cents: write a whole number.
   *[other] { $currency } has { $digits } digits after the point at most.
}
amount-too-large = This is too much to be true. Please check the zeros.
amount-two-currencies = Two currencies are named. Please leave one.
amount-no-rate = There is no rate for { $currency }. Write the sum in { $own }, or ask the owner to add the rate to playbook.toml: [money] rates.
amount-over = That is more than is left of this purchase: { $left }.
amount-other-currency = This purchase was paid in { $currency }: write the refund in it.

sale-ask =
    How much did <b>{ $name }</b> pay? Write the sum and, if you like, what for: <code>{ $example } consultation</code>.
    A promo code goes along: <code>promo:CODE</code>.
sale-confirm = Purchase of <b>{ $name }</b>:
sale-again = { $count ->
    [one] This request has brought a purchase already. Recorded, this one will be another.
   *[other] This request has brought { $count } purchases already. Recorded, this one will be another.
}
sale-record = ✅ Record { $sum }
sale-points-on = { $count ->
    [one] 🎁 Use { $count } point
   *[other] 🎁 Use { $count } points
}
sale-points-off = 🎁 Without points
sale-change = ✏️ Another sum
sale-promo = Promo code { $code }: { $off }
sale-points = { $count ->
    [one] { $count } point: { $off }
   *[other] { $count } points: { $off }
}
sale-total = To pay: <b>{ $sum }</b>
sale-earns = { $count ->
    [one] Will earn { $count } point.
   *[other] Will earn { $count } points.
}
sale-recorded = ✅ <b>{ $sum }</b> from <b>{ $name }</b> is recorded.
sale-used = { $count ->
    [one] { $count } point was used.
   *[other] { $count } points were used.
}
sale-earned = { $count ->
    [0] Points: { $balance }
    [one] { $count } point earned. Now there are { $balance }.
   *[other] { $count } points earned. Now there are { $balance }.
}
sale-open = Purchase no. { $number }
sale-number = 🧾 Purchase no. { $number }
sale-at = Paid: { $when }
sale-of-request = By request no. { $number }
sale-points-of = { $count ->
    [one] Earned { $count } point
   *[other] Earned { $count } points
}
sale-by = Recorded by { $name }
sale-value = That is { $sum }
sale-by-promo = Promo code { $code }
sale-refunded = Refunded whole
sale-refunded-part = { $sum } refunded, { $left } left
sales-of = Purchases of { $name }
sales-sum = { $count ->
    [one] { $count } purchase, { $sum } in all
   *[other] { $count } purchases, { $sum } in all
}
sales-none = Nothing yet.
button-sale = 💳 Purchase
button-sales = 🧾 Purchases
button-bought = 💳 Bought…
did-sale = Recorded
did-refund = Refunded

refund-whole = ↩️ Refund { $sum }
refund-part = ↩️ A part
refund-ask = How much goes back to <b>{ $name }</b> of purchase no. { $number }? { $left } is left.
refund-confirm = Give back <b>{ $sum }</b> of purchase no. { $number } to <b>{ $name }</b>? Points follow the money.
refund-yes = ✅ Yes, give back { $sum }
refund-done = ↩️ { $sum } of purchase no. { $number } went back to <b>{ $name }</b>.
refund-points-gone = { $count ->
    [one] { $count } point was taken back with it.
   *[other] { $count } points were taken back with it.
}
refund-points-back = { $count ->
    [one] { $count } point came back with it.
   *[other] { $count } points came back with it.
}

promo-unknown = There is no promo code “{ $code }”. Check the letters; the price is whole for now.
promo-early = The promo code “{ $code }” is not valid yet. The price is whole for now.
promo-over = The promo code “{ $code }” has ended. The price is whole.
promo-spent = The promo code “{ $code }” has been used as often as it can be. The price is whole.
promo-yours-spent = This customer has used the promo code “{ $code }” already. The price is whole.
promo-whole = The promo code “{ $code }” would pay for everything, so there would be no purchase left. The price is whole.

points-none = We have no points programme just now.
points-balance = { $count ->
    [one] Points: <b>{ $count }</b> (worth { $worth })
   *[other] Points: <b>{ $count }</b> (worth { $worth })
}
points-owed = Below zero after a refund: the next purchases make up for it.
points-level = Level: <b>{ $title }</b>
points-missing = { $sum } more to the level “{ $title }”
points-how = Points come with every purchase, and pay a part of the next ones.
points-last = Last moves:
points-for-purchase = for a purchase
points-for-refund = with a refund
points-for-spent = paid a purchase
points-for-gift = a gift
points-for-correction = a correction
points-hint = To give or to take: <code>/points { $number } +50 birthday</code>
points-given = { $count ->
    [one] 🎁 { $name } got { $count } point. Now there are { $balance }.
   *[other] 🎁 { $name } got { $count } points. Now there are { $balance }.
}
points-taken = { $count ->
    [one] { $count } point was taken from { $name }. Now there are { $balance }.
   *[other] { $count } points were taken from { $name }. Now there are { $balance }.
}

line-purchase = 💳 Bought for { $sum }
line-refund = ↩️ Refunded { $sum }
line-points = 🎁 Points: { $count }

refused-sale-gone = This question is over. Please begin anew: /sale.
refused-sale-twice = { $name } has recorded this purchase already.
refused-sale-promo = The promo code { $code } cannot be used any more. Choose “Another sum” and write it anew.
refused-sale-points = The points have changed meanwhile. Press the button with points again.
refused-purchase-gone = There is no purchase no. { $number }.
refused-refund-twice = Somebody has refunded it meanwhile. Open the purchase again.
refused-refund-over = That is more than is left of this purchase.
refused-points-off = The business gives no points: the owner can turn them on in playbook.toml, [loyalty].
refused-points-count = That is too many or too few points. Please check the number.
refused-points-reason = What for? Write the reason after the number: /points 12 +50 birthday
refused-points-few = { $count ->
    [one] There is only { $count } point to take.
   *[other] There are only { $count } points to take.
}
usage-sale = Write /sale 12 1500 and what for: the card's number, the sum, the currency if it is another. Or press “Purchase” on the card.
usage-points = Write /points 12 to look, /points 12 +50 birthday to give, /points 12 -50 mistake to take.
menu-sale = Record a purchase
menu-points = Points
help-points = /points — my points and my level
staff-help-sell =
    <b>Purchases</b>
    /sale 12 1500 haircut: a purchase; promo:CODE goes along
    /points 12: points; /points 12 +50 birthday: to give
