reask-expected-money = Напишите сумму, например «1500».
reask-expected-birthday = Напишите день, например «8 марта 1990» или без года.
reask-expected-yes-no = Ответьте кнопкой: да или нет.
hint-birthday = Например: «8 марта 1990» или просто «8 марта».
card-status-pinned = Статус: { $status } (поставлен вручную)
card-level = Уровень: { $level }
card-purchases =
    { $count ->
        [one] { $count } покупка, { $total }
        [few] { $count } покупки, { $total }
       *[other] { $count } покупок, { $total }
    }
card-purchase-last = последняя { $ago }
card-lost = Последняя заявка не состоялась: { $reason }
button-family = 👪 Семья
edit-level = Уровень
edit-choose-level = Какой уровень: { $name }?
edit-level-none = Без уровня
edit-status-rules = 🔄 По правилам
edit-one = <b>{ $field }</b> · { $name }. Нажмите ответ.
edit-several = <b>{ $field }</b> · { $name }. Нажимайте, чтобы отметить или снять.
edit-preferred = ⭐ — основной. Нажмите на другой, чтобы сделать основным его.
kin-child = Ребёнок
kin-spouse = Супруг(а)
kin-other = Родственник
kin-age =
    { $count ->
        [one] { $count } год
        [few] { $count } года
       *[other] { $count } лет
    }
kin-of = Семья: { $name }
kin-nobody = Пока никто не записан.
kin-ask = <b>{ $kind }</b> · { $name }. Напишите имя и день рождения, например «Мария, 8 марта 2015». Можно что-то одно, можно без года.
line-relative = 👪 семья
line-status = 🔁 статус: { $before } → { $after }
refused-field-right = Это поле меняет только владелец.
refused-relatives-many = На карточке помещается { $most } родственников.
