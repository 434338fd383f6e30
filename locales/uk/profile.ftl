reask-expected-money = Напишіть суму, наприклад «1500».
reask-expected-birthday = Напишіть день, наприклад «8 березня 1990» або без року.
reask-expected-yes-no = Дайте відповідь кнопкою: так чи ні.
hint-birthday = Наприклад: «8 березня 1990» або просто «8 березня».
card-status-pinned = Статус: { $status } (поставлено вручну)
card-level = Рівень: { $level }
card-purchases =
    { $count ->
        [one] { $count } покупка, { $total }
        [few] { $count } покупки, { $total }
       *[other] { $count } покупок, { $total }
    }
card-purchase-last = остання { $ago }
card-lost = Остання заявка не відбулася: { $reason }
button-family = 👪 Родина
edit-level = Рівень
edit-choose-level = Який рівень: { $name }?
edit-level-none = Без рівня
edit-status-rules = 🔄 За правилами
edit-one = <b>{ $field }</b> · { $name }. Натисніть відповідь.
edit-several = <b>{ $field }</b> · { $name }. Натискайте, щоб позначити чи зняти.
edit-preferred = ⭐ — основний. Натисніть на інший, щоб зробити основним його.
kin-child = Дитина
kin-spouse = Чоловік / дружина
kin-other = Родич
kin-age =
    { $count ->
        [one] { $count } рік
        [few] { $count } роки
       *[other] { $count } років
    }
kin-of = Родина: { $name }
kin-nobody = Поки нікого не записано.
kin-ask = <b>{ $kind }</b> · { $name }. Напишіть ім’я та день народження, наприклад «Марія, 8 березня 2015». Можна щось одне, можна без року.
line-relative = 👪 родина
line-status = 🔁 статус: { $before } → { $after }
refused-field-right = Це поле змінює лише власник.
refused-relatives-many = На картці вміщується { $most } родичів.
