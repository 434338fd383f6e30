reask-expected-money = Please write an amount, such as “1500”.
reask-expected-birthday = Please write the day, such as “8 March 1990”, or without the year.
reask-expected-yes-no = Please answer with a button: yes or no.
hint-birthday = For example: “8 March 1990”, or only “8 March”.
card-status-pinned = Status: { $status } (set by hand)
card-level = Level: { $level }
card-purchases =
    { $count ->
        [one] { $count } purchase, { $total }
       *[other] { $count } purchases, { $total }
    }
card-purchase-last = the last { $ago }
card-lost = The last request came to nothing: { $reason }
button-family = 👪 Family
edit-level = Level
edit-choose-level = Which level is { $name } of?
edit-level-none = No level
edit-status-rules = 🔄 As the rules say
edit-one = <b>{ $field }</b> of { $name }: press the answer.
edit-several = <b>{ $field }</b> of { $name }: press to switch each on or off.
edit-preferred = ⭐ is used first. Press another to prefer it.
kin-child = Child
kin-spouse = Spouse
kin-other = Relative
kin-age =
    { $count ->
        [one] { $count } year old
       *[other] { $count } years old
    }
kin-of = The family of { $name }
kin-nobody = Nobody is written down yet.
kin-ask = <b>{ $kind }</b> of { $name }: write the name and the birthday, such as “Mary, 8 March 2015”. Either may be left out, and so may the year.
line-relative = 👪 family
line-status = 🔁 status: { $before } → { $after }
refused-field-right = Only an owner may change this field.
refused-relatives-many = There is room for { $most } relatives on a card.
