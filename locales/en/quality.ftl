quality-empty = There is nobody in the base yet.
quality-title = <b>Quality of the base: { $score } of 100</b> · { $cards ->
    [one] { $cards } card
   *[other] { $cards } cards
}
quality-change = This month: { $line } from { $first } to { $last }
quality-perfect = Everything is filled in, and true. Well done!
quality-line = { $what }: { $count } ({ $share } %)
quality-press = Press a line to see its people and mend them.
menu-quality = Quality of the base
quality-no_name = No name
quality-no_way = No way to reach them
quality-duplicates = Perhaps doubles
quality-unreachable = The bot cannot write to them
quality-impossible = Impossible age
quality-no_phone = No phone
quality-no_consent = No consent to data
quality-nobodys = A request, but no manager
quality-stale = Silent for over a year
quality-no_source = Source unknown
quality-no_city = No city
quality-no_birthday = No birthday
quality-no_email = No e-mail
