# Покупки, повернення, промокоди й бали: що читає команда і що клієнт бачить про свої бали.
amount-none = У цих словах немає суми. Напишіть її цифрами: 1500 або 20 USD.
amount-invalid = Не можу прочитати суму. Напишіть так: 1500, 1 500,50 або 20 USD, а після неї — за що.
amount-negative = Покупка більша за нуль. Щоб повернути гроші, відкрийте покупку на картці й натисніть «Повернути».
amount-zero = Покупка більша за нуль.
amount-too-fine = { $digits ->
    [0] У { $currency } немає копійок: напишіть ціле число.
   *[other] У { $currency } після коми не більше { $digits } знаків.
}
amount-too-large = Забагато, щоб бути правдою. Перевірте, будь ласка, нулі.
amount-two-currencies = Названо дві валюти. Залиште, будь ласка, одну.
amount-no-rate = Для { $currency } немає курсу. Напишіть суму в { $own } або попросіть власника додати курс у playbook.toml: [money] rates.
amount-over = Це більше, ніж залишилося від покупки: { $left }.
amount-other-currency = За цю покупку платили в { $currency }: напишіть повернення в ній.

sale-ask =
    На яку суму покупка у <b>{ $name }</b>? Напишіть суму і, якщо хочете, за що: <code>{ $example } консультація</code>.
    Промокод можна тут же: <code>промо:КОД</code>.
sale-confirm = Покупка, <b>{ $name }</b>:
sale-again = { $count ->
    [one] За цією заявкою вже є { $count } покупка. Якщо записати, ця буде ще однією.
    [few] За цією заявкою вже є { $count } покупки. Якщо записати, ця буде ще однією.
   *[other] За цією заявкою вже є { $count } покупок. Якщо записати, ця буде ще однією.
}
sale-record = ✅ Записати { $sum }
sale-points-on = { $count ->
    [one] 🎁 Списати { $count } бал
    [few] 🎁 Списати { $count } бали
   *[other] 🎁 Списати { $count } балів
}
sale-points-off = 🎁 Без балів
sale-change = ✏️ Інша сума
sale-promo = Промокод { $code }: { $off }
sale-points = { $count ->
    [one] { $count } бал: { $off }
    [few] { $count } бали: { $off }
   *[other] { $count } балів: { $off }
}
sale-total = До сплати: <b>{ $sum }</b>
sale-earns = { $count ->
    [one] Буде нараховано { $count } бал.
    [few] Буде нараховано { $count } бали.
   *[other] Буде нараховано { $count } балів.
}
sale-recorded = ✅ Записано: <b>{ $sum }</b>, <b>{ $name }</b>.
sale-used = { $count ->
    [one] Списано { $count } бал.
    [few] Списано { $count } бали.
   *[other] Списано { $count } балів.
}
sale-earned = { $count ->
    [0] Балів на рахунку: { $balance }.
    [one] Нараховано { $count } бал. Тепер на рахунку { $balance }.
    [few] Нараховано { $count } бали. Тепер на рахунку { $balance }.
   *[other] Нараховано { $count } балів. Тепер на рахунку { $balance }.
}
sale-open = Покупка № { $number }
sale-number = 🧾 Покупка № { $number }
sale-at = Сплачена: { $when }
sale-of-request = За заявкою № { $number }
sale-points-of = { $count ->
    [one] Нараховано { $count } бал
    [few] Нараховано { $count } бали
   *[other] Нараховано { $count } балів
}
sale-by = Хто записав: { $name }
sale-value = Це { $sum }
sale-by-promo = Промокод { $code }
sale-refunded = Гроші повернено повністю
sale-refunded-part = Повернено { $sum }, залишилося { $left }
sales-of = Покупки, { $name }
sales-sum = { $count ->
    [one] { $count } покупка, разом { $sum }
    [few] { $count } покупки, разом { $sum }
   *[other] { $count } покупок, разом { $sum }
}
sales-none = Поки нічого.
button-sale = 💳 Покупка
button-sales = 🧾 Покупки
button-bought = 💳 Покупка…
did-sale = Записано
did-refund = Повернено

refund-whole = ↩️ Повернути { $sum }
refund-part = ↩️ Частину
refund-ask = Скільки повернути за покупкою № { $number }, <b>{ $name }</b>? Залишилося { $left }.
refund-confirm = Повернути <b>{ $sum }</b> за покупкою № { $number }, <b>{ $name }</b>? Бали перерахуються разом із грошима.
refund-yes = ✅ Так, повернути { $sum }
refund-done = ↩️ За покупкою № { $number } повернено { $sum }, <b>{ $name }</b>.
refund-points-gone = { $count ->
    [one] Разом із цим знято { $count } бал.
    [few] Разом із цим знято { $count } бали.
   *[other] Разом із цим знято { $count } балів.
}
refund-points-back = { $count ->
    [one] Разом із цим повернувся { $count } бал.
    [few] Разом із цим повернулися { $count } бали.
   *[other] Разом із цим повернулося { $count } балів.
}

promo-unknown = Промокоду «{ $code }» немає. Перевірте літери; поки ціна повна.
promo-early = Промокод «{ $code }» ще не діє. Поки ціна повна.
promo-over = Промокод «{ $code }» уже закінчився. Ціна повна.
promo-spent = Промокод «{ $code }» використано стільки разів, скільки можна. Ціна повна.
promo-yours-spent = Цей клієнт уже використав промокод «{ $code }». Ціна повна.
promo-whole = Промокод «{ $code }» оплатив би все, і покупки не залишилося б. Ціна повна.

points-none = Бонусної програми в нас зараз немає.
points-balance = { $count ->
    [one] На рахунку <b>{ $count }</b> бал (це { $worth })
    [few] На рахунку <b>{ $count }</b> бали (це { $worth })
   *[other] На рахунку <b>{ $count }</b> балів (це { $worth })
}
points-owed = Менше нуля після повернення: наступні покупки це покриють.
points-level = Рівень: <b>{ $title }</b>
points-missing = До рівня «{ $title }» залишилося { $sum }
points-how = Бали нараховуються за кожну покупку й оплачують частину наступних.
points-last = Останні рухи:
points-for-purchase = за покупку
points-for-refund = при поверненні
points-for-spent = оплата покупки
points-for-gift = подарунок
points-for-correction = виправлення
points-hint = Нарахувати або зняти: <code>/points { $number } +50 день народження</code>
points-given = { $count ->
    [one] 🎁 { $name }: нараховано { $count } бал. Тепер на рахунку { $balance }.
    [few] 🎁 { $name }: нараховано { $count } бали. Тепер на рахунку { $balance }.
   *[other] 🎁 { $name }: нараховано { $count } балів. Тепер на рахунку { $balance }.
}
points-taken = { $count ->
    [one] { $name }: знято { $count } бал. Тепер на рахунку { $balance }.
    [few] { $name }: знято { $count } бали. Тепер на рахунку { $balance }.
   *[other] { $name }: знято { $count } балів. Тепер на рахунку { $balance }.
}

line-purchase = 💳 Покупка на { $sum }
line-refund = ↩️ Повернення { $sum }
line-points = 🎁 Бали: { $count }

refused-sale-gone = Це питання вже закрито. Почніть, будь ласка, знову: /sale.
refused-sale-twice = Цю покупку вже записали: { $name }.
refused-sale-promo = Промокод { $code } більше не діє. Натисніть «Інша сума» і напишіть її знову.
refused-sale-points = Бали за цей час змінилися. Натисніть кнопку з балами ще раз.
refused-purchase-gone = Покупки № { $number } немає.
refused-refund-twice = За нею за цей час уже зробили повернення. Відкрийте покупку знову.
refused-refund-over = Це більше, ніж залишилося від покупки.
refused-points-off = Балів у цьому бізнесі немає: власник може ввімкнути їх у playbook.toml, [loyalty].
refused-points-count = Забагато або замало балів. Перевірте, будь ласка, число.
refused-points-reason = За що? Напишіть причину після числа: /points 12 +50 день народження
refused-points-few = { $count ->
    [one] Зняти можна лише { $count } бал.
    [few] Зняти можна лише { $count } бали.
   *[other] Зняти можна лише { $count } балів.
}
usage-sale = Напишіть /sale 12 1500 і за що: номер картки, сума, валюта, якщо інша. Або натисніть «Покупка» на картці.
usage-points = Напишіть /points 12, щоб подивитися, /points 12 +50 день народження, щоб нарахувати, /points 12 -50 помилка, щоб зняти.
menu-sale = Записати покупку
menu-points = Бали
help-points = /points — мої бали й рівень
staff-help-sell =
    <b>Покупки</b>
    /sale 12 1500 стрижка: покупка; можна з промо:КОД
    /points 12: бали; /points 12 +50 день народження: нарахувати
