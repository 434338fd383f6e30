# Покупки, возвраты, промокоды и баллы: что читает команда и что клиент видит о своих баллах.
amount-none = В этих словах нет суммы. Напишите её цифрами: 1500 или 20 USD.
amount-invalid = Не могу прочитать сумму. Напишите так: 1500, 1 500,50 или 20 USD, а после неё — за что.
amount-negative = Покупка больше нуля. Чтобы вернуть деньги, откройте покупку на карточке и нажмите «Вернуть».
amount-zero = Покупка больше нуля.
amount-too-fine = { $digits ->
    [0] У { $currency } нет копеек: напишите целое число.
   *[other] У { $currency } после запятой не больше { $digits } знаков.
}
amount-too-large = Слишком много, чтобы быть правдой. Проверьте, пожалуйста, нули.
amount-two-currencies = Названы две валюты. Оставьте, пожалуйста, одну.
amount-no-rate = Для { $currency } нет курса. Напишите сумму в { $own } или попросите владельца добавить курс в playbook.toml: [money] rates.
amount-over = Это больше, чем осталось от покупки: { $left }.
amount-other-currency = За эту покупку платили в { $currency }: напишите возврат в ней.

sale-ask =
    На какую сумму покупка у <b>{ $name }</b>? Напишите сумму и, если хотите, за что: <code>{ $example } консультация</code>.
    Промокод можно там же: <code>промо:КОД</code>.
sale-confirm = Покупка, <b>{ $name }</b>:
sale-again = { $count ->
    [one] По этой заявке уже есть { $count } покупка. Если записать, эта будет ещё одной.
    [few] По этой заявке уже есть { $count } покупки. Если записать, эта будет ещё одной.
   *[other] По этой заявке уже есть { $count } покупок. Если записать, эта будет ещё одной.
}
sale-record = ✅ Записать { $sum }
sale-points-on = { $count ->
    [one] 🎁 Списать { $count } балл
    [few] 🎁 Списать { $count } балла
   *[other] 🎁 Списать { $count } баллов
}
sale-points-off = 🎁 Без баллов
sale-change = ✏️ Другая сумма
sale-promo = Промокод { $code }: { $off }
sale-points = { $count ->
    [one] { $count } балл: { $off }
    [few] { $count } балла: { $off }
   *[other] { $count } баллов: { $off }
}
sale-total = К оплате: <b>{ $sum }</b>
sale-earns = { $count ->
    [one] Будет начислен { $count } балл.
    [few] Будет начислено { $count } балла.
   *[other] Будет начислено { $count } баллов.
}
sale-recorded = ✅ Записано: <b>{ $sum }</b>, <b>{ $name }</b>.
sale-used = { $count ->
    [one] Списан { $count } балл.
    [few] Списано { $count } балла.
   *[other] Списано { $count } баллов.
}
sale-earned = { $count ->
    [0] Баллов на счету: { $balance }.
    [one] Начислен { $count } балл. Теперь на счету { $balance }.
    [few] Начислено { $count } балла. Теперь на счету { $balance }.
   *[other] Начислено { $count } баллов. Теперь на счету { $balance }.
}
sale-open = Покупка № { $number }
sale-number = 🧾 Покупка № { $number }
sale-at = Оплачена: { $when }
sale-of-request = По заявке № { $number }
sale-points-of = { $count ->
    [one] Начислен { $count } балл
    [few] Начислено { $count } балла
   *[other] Начислено { $count } баллов
}
sale-by = Кто записал: { $name }
sale-value = Это { $sum }
sale-by-promo = Промокод { $code }
sale-refunded = Деньги возвращены полностью
sale-refunded-part = Возвращено { $sum }, осталось { $left }
sales-of = Покупки, { $name }
sales-sum = { $count ->
    [one] { $count } покупка, всего { $sum }
    [few] { $count } покупки, всего { $sum }
   *[other] { $count } покупок, всего { $sum }
}
sales-none = Пока ничего.
button-sale = 💳 Покупка
button-sales = 🧾 Покупки
button-bought = 💳 Покупка…
did-sale = Записано
did-refund = Возвращено

refund-whole = ↩️ Вернуть { $sum }
refund-part = ↩️ Часть
refund-ask = Сколько вернуть по покупке № { $number }, <b>{ $name }</b>? Осталось { $left }.
refund-confirm = Вернуть <b>{ $sum }</b> по покупке № { $number }, <b>{ $name }</b>? Баллы пересчитаются вместе с деньгами.
refund-yes = ✅ Да, вернуть { $sum }
refund-done = ↩️ По покупке № { $number } возвращено { $sum }, <b>{ $name }</b>.
refund-points-gone = { $count ->
    [one] Вместе с этим снят { $count } балл.
    [few] Вместе с этим снято { $count } балла.
   *[other] Вместе с этим снято { $count } баллов.
}
refund-points-back = { $count ->
    [one] Вместе с этим вернулся { $count } балл.
    [few] Вместе с этим вернулось { $count } балла.
   *[other] Вместе с этим вернулось { $count } баллов.
}

promo-unknown = Промокода «{ $code }» нет. Проверьте буквы; пока цена полная.
promo-early = Промокод «{ $code }» ещё не действует. Пока цена полная.
promo-over = Промокод «{ $code }» уже закончился. Цена полная.
promo-spent = Промокод «{ $code }» использован столько раз, сколько можно. Цена полная.
promo-yours-spent = Этот клиент уже использовал промокод «{ $code }». Цена полная.
promo-whole = Промокод «{ $code }» оплатил бы всё целиком, и покупки не осталось бы. Цена полная.

points-none = Бонусной программы у нас сейчас нет.
points-balance = { $count ->
    [one] На счету <b>{ $count }</b> балл (это { $worth })
    [few] На счету <b>{ $count }</b> балла (это { $worth })
   *[other] На счету <b>{ $count }</b> баллов (это { $worth })
}
points-owed = Меньше нуля после возврата: следующие покупки это покроют.
points-level = Уровень: <b>{ $title }</b>
points-missing = До уровня «{ $title }» осталось { $sum }
points-how = Баллы начисляются за каждую покупку и оплачивают часть следующих.
points-last = Последние движения:
points-for-purchase = за покупку
points-for-refund = при возврате
points-for-spent = оплата покупки
points-for-gift = подарок
points-for-correction = исправление
points-hint = Начислить или снять: <code>/points { $number } +50 день рождения</code>
points-given = { $count ->
    [one] 🎁 { $name }: начислен { $count } балл. Теперь на счету { $balance }.
    [few] 🎁 { $name }: начислено { $count } балла. Теперь на счету { $balance }.
   *[other] 🎁 { $name }: начислено { $count } баллов. Теперь на счету { $balance }.
}
points-taken = { $count ->
    [one] { $name }: снят { $count } балл. Теперь на счету { $balance }.
    [few] { $name }: снято { $count } балла. Теперь на счету { $balance }.
   *[other] { $name }: снято { $count } баллов. Теперь на счету { $balance }.
}

line-purchase = 💳 Покупка на { $sum }
line-refund = ↩️ Возврат { $sum }
line-points = 🎁 Баллы: { $count }

refused-sale-gone = Этот вопрос уже закрыт. Начните, пожалуйста, заново: /sale.
refused-sale-twice = Эту покупку уже записали: { $name }.
refused-sale-promo = Промокод { $code } больше не действует. Нажмите «Другая сумма» и напишите её заново.
refused-sale-points = Баллы за это время изменились. Нажмите кнопку с баллами ещё раз.
refused-purchase-gone = Покупки № { $number } нет.
refused-refund-twice = По ней за это время уже сделали возврат. Откройте покупку заново.
refused-refund-over = Это больше, чем осталось от покупки.
refused-points-off = Баллов в этом бизнесе нет: владелец может включить их в playbook.toml, [loyalty].
refused-points-count = Слишком много или слишком мало баллов. Проверьте, пожалуйста, число.
refused-points-reason = За что? Напишите причину после числа: /points 12 +50 день рождения
refused-points-few = { $count ->
    [one] Снять можно только { $count } балл.
    [few] Снять можно только { $count } балла.
   *[other] Снять можно только { $count } баллов.
}
usage-sale = Напишите /sale 12 1500 и за что: номер карточки, сумма, валюта, если другая. Или нажмите «Покупка» на карточке.
usage-points = Напишите /points 12, чтобы посмотреть, /points 12 +50 день рождения, чтобы начислить, /points 12 -50 ошибка, чтобы снять.
menu-sale = Записать покупку
menu-points = Баллы
help-points = /points — мои баллы и уровень
staff-help-sell =
    <b>Покупки</b>
    /sale 12 1500 стрижка: покупка; можно с промо:КОД
    /points 12: баллы; /points 12 +50 день рождения: начислить
